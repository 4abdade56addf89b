-- Random numbers and the time of day, in the output and in the file; temporary files for sorting.
pragma temp_store = file;
create table event (id integer primary key, what blob, at text);
with recursive number(n) as (select 1 union all select n + 1 from number where n < 5000)
insert into event select n, randomblob(64), strftime('%Y-%m-%d %H:%M:%f', 'now') from number;
select hex(what), at from event where id % 500 = 0;
select datetime('now'), random(), hex(randomblob(16));
create index by_what on event (what);
delete from event where abs(random()) % 4 = 0;
select count(*), min(hex(what)) from event;
vacuum;
pragma integrity_check;
