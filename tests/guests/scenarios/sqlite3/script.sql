-- 100,000 rows on disk, a transaction taken back, indexes, a join, a view, triggers, and the check that all is whole.
.bail on
.mode list
.separator |
pragma page_size;
create table person (id integer primary key, name text not null, town integer, born integer);
create table town (id integer primary key, name text unique);
insert into town (name) values ('Aachen'), ('Bern'), ('Cork'), ('Delft'), ('Évora');

begin;
with recursive number(n) as (select 1 union all select n + 1 from number where n < 100000)
insert into person (name, town, born)
select printf('person %06d', n), n * 7919 % 5 + 1, 1900 + n * 104729 % 120 from number;
commit;
select count(*), min(name), max(name), sum(born) from person;

create index by_born on person (born, town);
select born, count(*) from person where born between 1950 and 1954 group by born order by born;
select town.name, count(*), round(avg(born), 3) from person join town on town.id = person.town group by town.id order by 1;

begin;
delete from person where born < 2000;
select count(*) from person;
update person set name = upper(name);
rollback;
select count(*), max(name) from person;

begin;
savepoint one;
insert into town (name) values ('Faro');
savepoint two;
insert into town (name) values ('Gent');
rollback to two;
release one;
commit;
select group_concat(name, ',') from (select name from town order by id);

create table log (what text);
create trigger person_gone after delete on person begin insert into log values ('gone: ' || old.name); end;
delete from person where id in (5, 50000, 99999);
select what from log order by what;

create view per_decade as select born / 10 * 10 as decade, count(*) as people from person group by 1;
select * from per_decade where decade >= 1990;
select json_group_array(json_object('town', name, 'id', id)) from (select * from town order by id limit 2);
select hex(randomblob(8)) <> hex(randomblob(8)), length(hex(zeroblob(1000)));
select typeof(1), typeof(1.0), typeof('x'), typeof(null), typeof(x'00');
select date('2024-02-28', '+2 days'), strftime('%s', '2000-01-01'), julianday('2000-01-01');

vacuum;
pragma integrity_check;
pragma page_count;
select count(*) from pragma_index_list('person');
