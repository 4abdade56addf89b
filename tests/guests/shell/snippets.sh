# What dash does in a box as on Linux: each snippet runs both ways, in an empty directory of its own, and standard output, standard
# error and status must be equal. A line "### NAME" begins one; lines before the first are words.

### echo
echo hello world
### echo_nothing
echo
### single_quotes
echo 'a  b $HOME `x` "y"'
### double_quotes
x=1; echo "a  b $x \$x \" \\"
### escapes
echo a\ b \\ \' \"
### empty_arguments
set -- "" '' x; echo $#; for i in "$@"; do echo "[$i]"; done
### word_splitting
x="a  b   c"; echo $x; echo "$x"
### ifs
IFS=:; x=a:b::c; set -- $x; echo $#; echo "$*"
### positional
set -- a b c d e f g h i j k; echo $1 ${10} ${11} $#
### shift
set -- a b c; shift; echo $*; shift 2; echo $#
### default_values
unset x; echo ${x-d} ${x:-e} ${x=f} $x; y=; echo "${y-g}" "${y:-h}"
### alternate_values
x=1; echo ${x+a} ${y+b} ${x:+c}; z=; echo "[${z+d}]" "[${z:+e}]"
### error_value
unset x; (echo ${x?gone}); echo $?
### error_value_default
unset x; (: ${x:?}); echo $?
### length
x=hello; echo ${#x} ${#}
### prefix_removal
x=a/b/c.d.e; echo ${x#*/} ${x##*/} ${x#*.} ${x##*.}
### suffix_removal
x=a/b/c.d.e; echo ${x%/*} ${x%%/*} ${x%.*} ${x%%.*}
### pattern_quoting
x='a*b*c'; echo ${x#"a*"} ${x#a\*}
### arithmetic
echo $((1+2*3)) $((7/2)) $((7%3)) $((-7/2)) $((1<<10)) $((0xff)) $((010)) $((1?2:3))
### arithmetic_variables
x=5; y=$((x*x)); echo $y $((x>3&&y<30)) $((~x)) $((!x)) $((x^3|8))
### arithmetic_assignment
x=1; : $((x+=4)); echo $x; : $((x<<=2)); echo $x
### arithmetic_division_by_zero
(echo $((1/0))); echo $?
### arithmetic_syntax
(echo $((1+))); echo $?
### command_substitution
echo $(echo a; echo b) "$(echo a; echo b)"
### backquotes
echo `echo \`echo nested\``
### substitution_strips
x=$(printf 'a\n\n\n'); echo "[$x]"
### substitution_status
x=$(exit 7); echo $?; echo $(false)$?
### tilde
HOME=/h; echo ~ ~/x "~"
### assignment_before_command
x=1 sh -c 'echo $x'; echo "[$x]"
### export
export x=5; sh -c 'echo $x'; unset x; sh -c 'echo "[$x]"'
### readonly
(readonly x=1; x=2; echo no); echo $?
### unset_function
f() { echo f; }; unset -f f; f; echo $?
### local
f() { local x=2; echo $x; }; x=1; f; echo $x
### function_arguments
f() { echo $# "$@"; return 3; }; f a "b c"; echo $?
### function_recursion
f() { [ $1 -eq 0 ] || { echo $1; f $(($1-1)); }; }; f 5
### function_redirection
f() { echo out; echo err >&2; } 2>/dev/null; f
### if_elif
for x in 1 2 3; do if [ $x = 1 ]; then echo one; elif [ $x = 2 ]; then echo two; else echo many; fi; done
### while_loop
i=0; while [ $i -lt 5 ]; do i=$((i+1)); echo $i; done
### until_loop
i=0; until [ $i -ge 3 ]; do i=$((i+1)); done; echo $i
### break_continue
for i in 1 2 3 4 5; do [ $i = 2 ] && continue; [ $i = 4 ] && break; echo $i; done
### break_levels
for i in 1 2; do for j in a b; do echo $i$j; break 2; done; done
### for_arguments
set -- x y; for i; do echo $i; done
### case
for x in apple banana cherry 12 ''; do case $x in a*) echo a;; *an*|z) echo an;; [0-9]*) echo num;; '') echo empty;; *) echo other;; esac; done
### case_quoted
case '*' in '*') echo star;; *) echo any;; esac
### and_or
true && echo a || echo b; false && echo a || echo b; ! true; echo $?
### not
if ! false; then echo yes; fi
### braces
{ echo a; echo b; } | { read x; echo got $x; }
### subshell_isolation
x=1; (x=2; cd /; echo $x); echo $x
### subshell_status
(exit 4); echo $?
### nested_subshells
(echo a; (echo b; (echo c)))
### pipeline
printf '3\n1\n2\n' | sort | head -n 2
### pipeline_status
true | false; echo $?; false | true; echo $?
### pipeline_of_five
seq 1 1000 | cat | tr 0-9 a-j | cat | wc -l | tr -d ' '
### pipe_into_loop
printf 'a b\nc d\n' | while read x y; do echo "$y $x"; done
### pipe_into_subshell
echo x | (read v; echo "[$v]")
### broken_pipe
yes | head -n 1
### large_pipe
head -c 300000 /dev/zero | wc -c | tr -d ' '
### redirect_out
echo a > f; echo b >> f; cat f
### redirect_in
echo data > f; cat < f; read x < f; echo $x
### redirect_err
(echo out; echo err >&2) > o 2> e; cat e o
### redirect_both
(echo out; echo err >&2) > f 2>&1; cat f
### redirect_order
(echo out; echo err >&2) 2>&1 > f | cat; cat f
### redirect_readwrite
echo hello > f; exec 3<> f; read x <&3; echo again >&3; exec 3>&-; echo $x; cat f
### noclobber
set -C; echo a > f; (echo b > f); echo $?; echo c >| f; cat f
### descriptor_copy
exec 3>&1; echo to3 >&3; exec 3>&-; (echo closed >&3); echo $?
### descriptor_input
exec 4<<X
line one
line two
X
read a <&4; read b <&4; echo $b $a
### closed_output
(echo x >&-); echo $?
### missing_input
cat < missing; echo $?
### missing_directory
echo x > no/such; echo $?
### here_document
x=5; cat <<END
x is $x and $(echo sub) and \$x
END
### here_document_quoted
x=5; cat <<'END'
$x `y` \z
END
### here_document_tabs
cat <<-END
	indented
		more
	END
### here_document_twice
cat <<A; cat <<B
first
A
second
B
### here_document_pipe
cat <<END | tr a-z A-Z
shout
END
### here_document_large
i=0; while [ $i -lt 200 ]; do echo "line $i of a long text that goes on and on"; i=$((i+1)); done > f
x=$(cat f); cat <<END | wc -c | tr -d ' '
$x
END
### read_words
echo 'a b  c d' | { read x y z; echo "$x|$y|$z"; }
### read_backslash
printf 'a\\\nb\n' | { read x; echo $x; }; printf 'a\\b\n' | { read -r x; echo "$x"; }
### read_end
printf 'no newline' | { read x; echo $? "$x"; }
### read_ifs
echo 'a:b:c' | { IFS=: read x y; echo "$x $y"; }
### test_strings
[ a = a ] && echo 1; [ a != b ] && echo 2; [ -n x ] && echo 3; [ -z '' ] && echo 4; [ x ] && echo 5
### test_numbers
[ 1 -lt 2 ] && [ 2 -le 2 ] && [ 3 -gt 2 ] && [ 3 -ge 3 ] && [ 1 -eq 1 ] && [ 1 -ne 2 ] && echo ok
### test_files
touch f; mkdir d; ln -s f l; [ -f f ] && [ -d d ] && [ -L l ] && [ -e l ] && [ ! -e no ] && [ -r f ] && [ -w f ] && [ ! -x f ] && [ ! -s f ] && echo ok
### test_logic
[ a = a -a b = b ] && [ a = b -o b = b ] && [ ! a = b ] && echo ok
### test_errors
[ 1 -eq x ]; echo $?; [ a b c ]; echo $?
### test_newer
touch -d '2001-01-01' a; touch -d '2002-01-01' b; [ b -nt a ] && [ a -ot b ] && echo ok
### printf
printf '%s|%5d|%-5s|%x|%o|%c\n' str 42 ab 255 8 xyz
### printf_repeats
printf '%s-%s\n' a b c
### printf_escapes
printf 'a\tb\101\n'; printf '%b\n' 'x\ty'
### printf_float
printf '%.2f %5.1f\n' 3.14159 2
### printf_bad_number
printf '%d\n' abc; echo $?
### glob
touch a1 a2 b1; echo *; echo a*; echo ?1; echo [ab]2; echo x*
### glob_directories
mkdir -p d/e; touch d/x d/e/y; echo d/*; echo */*/*; echo d*/
### glob_hidden
touch .h v; echo *; echo .[a-z]*
### glob_quoted
touch 'a b'; for f in *; do echo "[$f]"; done; echo '*' "*"
### glob_negated
touch a b c; echo [!a]
### noglob
touch a; set -f; echo *; set +f; echo *
### cd_pwd
mkdir d; cd d; basename "$(pwd)"; cd ..; [ -d d ] && echo back
### cd_dash
mkdir a b; cd a; cd ../b; cd - > /dev/null; basename "$PWD"
### cd_missing
cd missing; echo $?
### cd_symlink
mkdir d; ln -s d l; cd l; basename "$(pwd)"; basename "$(pwd -P)"
### umask
umask 027; umask; touch f; mkdir d; ls -l f | cut -c1-10; ls -ld d | cut -c1-10
### chmod
touch f; chmod 640 f; ls -l f | cut -c1-10; chmod u+x,o=r f; ls -l f | cut -c1-10
### symlinks
echo x > f; ln -s f l; cat l; readlink l; rm f; cat l; echo $?
### hard_links
echo x > f; ln f g; echo y >> g; cat f; rm f; cat g
### move_and_copy
echo x > a; cp a b; mv b c; ls; cat c
### directories
mkdir -p a/b/c; rmdir a/b/c; ls a; rm -r a; ls
### fifo
mkfifo p; echo through > p & cat p; wait
### fifo_two_ways
mkfifo in out; (while read x; do echo "<$x>"; done < in > out) & exec 3> in 4< out; echo one >&3; read a <&4; echo $a; exec 3>&- 4<&-; wait
### background
(echo bg) & wait; echo done
### background_status
(exit 5) & wait $!; echo $?
### wait_all
for i in 1 2 3; do (exit $i) & done; wait; echo $?
### wait_each
(exit 3) & a=$!; (exit 4) & b=$!; wait $b; echo $?; wait $a; echo $?
### wait_unknown
wait 99999; echo $?
### background_input
echo data | { cat & wait; }
### kill_status
sleep 100 & kill $!; wait $!; echo $?
### kill_by_name
sleep 100 & kill -s KILL $!; wait $!; echo $?
### kill_zero
sleep 100 & p=$!; kill -0 $p; echo $?; kill $p; wait $p 2> /dev/null; kill -0 $p 2> /dev/null; echo $?
### kill_list
kill -l 9 15; kill -l 137
### kill_self
(kill -TERM $(sh -c 'echo $PPID')); echo $?
### trap_exit
trap 'echo bye $?' EXIT; echo hi; exit 3
### trap_exit_subshell
(trap 'echo sub' EXIT; echo in); echo out
### trap_signal
trap 'echo caught' USR1; kill -USR1 $$; echo after
### trap_ignore
trap '' TERM; kill -TERM $$; echo alive; sh -c 'kill -TERM $$; echo child alive'
### trap_reset
trap 'echo x' USR1; trap - USR1; (kill -USR1 $(sh -c 'echo $PPID')); echo $?
### trap_in_wait
trap 'echo usr' USR1; sleep 100 & p=$!; (sleep 0.2; kill -USR1 $$) & wait $p; echo $?; kill $p; wait $p; echo $?
### trap_list
trap 'echo a' INT; trap 'echo b' EXIT; trap; trap - EXIT
### trap_chld
trap 'echo child' CHLD; (exit 0) & wait; trap - CHLD; echo end
### trap_pipe
trap '' PIPE; (echo x; sleep 0; yes 2> /dev/null; echo status $? >&2) | head -n 1
### signal_status
sh -c 'kill -INT $$'; echo $?; sh -c 'kill -ABRT $$' 2> /dev/null; echo $?
### exec_replaces
(exec echo replaced; echo not); echo $?
### exec_redirection
exec > f; echo inside; exec >&2; cat f
### exec_missing
(exec no-such-command); echo $?
### not_found
no-such-command; echo $?
### not_executable
echo 'echo x' > f; ./f; echo $?
### script
printf '#!/bin/sh\necho script "$0" "$@"\n' > s; chmod +x s; ./s a 'b c'
### script_no_interpreter
echo 'echo plain "$1"' > s; chmod +x s; ./s x
### script_bad_interpreter
printf '#!/no/such\n' > s; chmod +x s; ./s; echo $?
### script_interpreter_argument
printf '#!/bin/sh -e\nfalse\necho not\n' > s; chmod +x s; ./s; echo $?
### is_a_directory
mkdir d; ./d; echo $?
### path_search
mkdir bin; printf '#!/bin/sh\necho mine\n' > bin/tool; chmod +x bin/tool; PATH=$PWD/bin:$PATH; tool; command -v tool | sed 's|.*/bin|bin|'
### command_builtin
echo() { command echo wrapped "$@"; }; echo x; unset -f echo; command -v cd
### type
f() { :; }; type f | head -n 1; type cd; type no-such 2>&1
### eval
x='echo a; echo b'; eval "$x"; eval 'y=$((1+1))'; echo $y
### dot
echo 'z=sourced; echo in $1' > f; . ./f; echo $z
### dot_missing
(. ./missing); echo $?
### errexit
(set -e; false; echo no); echo $?; (set -e; false || true; if false; then :; fi; echo yes)
### nounset
(set -u; echo $undefined); echo $?
### xtrace
set -x; echo a $((1+1)); set +x
### verbose
(set -v; echo v)
### noexec
sh -n -c 'echo no'; echo $?
### options
echo $-; set -e; case $- in *e*) echo on;; esac
### getopts
set -- -a -b val -c rest; while getopts ab:c o; do echo $o $OPTARG; done; shift $((OPTIND-1)); echo $*
### getopts_errors
set -- -x; getopts a o; echo $o; set -- -b; OPTIND=1; getopts :b: o; echo $o $OPTARG
### alias
alias hi='echo aliased'
hi there
unalias hi
hi; echo $?
### times
times | wc -l | tr -d ' '
### exit_codes
sh -c 'exit 300'; echo $?; sh -c 'exit'; echo $?
### exit_in_function
f() { exit 9; }; (f; echo no); echo $?
### return_outside
(return 3; echo no); echo $?
### syntax_error
sh -c 'if'; echo $?; sh -c 'echo )'; echo $?
### unterminated
sh -c 'echo "abc'; echo $?
### comments
echo a # comment
# whole line
echo b#c
### continuation
echo one \
two
### semicolons
echo a;echo b;
### newlines_in_list
for i in a \
  b
do
  echo $i
done
### long_line
x=$(seq 1 2000 | tr '\n' ' '); set -- $x; echo $# ${#x}
### deep_recursion
f() { if [ $1 -gt 0 ]; then f $(($1-1)); else echo bottom; fi; }; f 200
### many_variables
i=0; while [ $i -lt 300 ]; do eval "v$i=$i"; i=$((i+1)); done; echo $v0 $v150 $v299
### many_processes
i=0; while [ $i -lt 60 ]; do (exit 0); i=$((i+1)); done; echo $i
### many_background
i=0; while [ $i -lt 20 ]; do (echo $i > f$i) & i=$((i+1)); done; wait; cat f* | sort -n | tail -n 1
### unlinked_but_open
echo text > f; exec 3< f; rm f; cat <&3
### shared_offset
printf 'a\nb\nc\n' > f; { read x; (read y; echo $y); read z; echo $x $z; } < f
### append_together
: > f; (for i in 1 2 3; do echo a >> f; done) & (for i in 1 2 3; do echo b >> f; done) & wait; sort f | uniq -c | tr -s ' '
### environment
env -i A=1 B='x y' /bin/sh -c 'echo $A "$B"'
### variables_exported
x=1; export x; y=2; env | grep -E '^[xy]=' | sort
### ppid
sh -c '[ $PPID -gt 0 ] && echo ok'; [ $$ = $(sh -c 'echo $PPID') ] && echo same
### parent_in_subshell
[ "$$" = "$(echo $$)" ] && echo same
### last_background
[ -z "$!" ] && echo none; sleep 0 & [ -n "$!" ] && echo some; wait
### special_parameters
set -- a 'b c'; echo "$*"; echo "$@"; echo $#; echo $?; for i in "$*"; do echo "[$i]"; done
### underscore_names
_a1=x; echo $_a1 ${_a1}b
### unset_variable
x=1; unset x; echo "[${x-unset}]"
### null_command
> f; [ -e f ] && echo made; : a b c; echo $?
### colon_expansion
: ${v:=assigned}; echo $v
### utf8
echo 'grüße — 日本語'; x=äö; echo ${#x}
### binary
printf '\000\001\377' | wc -c | tr -d ' '
### seq_sum
s=0; for i in $(seq 1 100); do s=$((s+i)); done; echo $s
### sed_and_awk
printf 'a 1\nb 2\n' | sed 's/a/x/' | awk '{ print $2, $1 }'
### grep_status
echo abc | grep -q b; echo $?; echo abc | grep -q z; echo $?
### sort_uniq
printf 'b\na\nb\n' | sort | uniq -c | tr -s ' '
### cut_paste
printf 'a:b:c\n' | cut -d: -f2; printf '1\n2\n' > x; printf 'a\nb\n' > y; paste x y
### tee
echo both | tee f; cat f
### xargs
printf 'a b c' | xargs -n 1 echo item
### find
mkdir -p d/e; touch d/a d/e/b; find d -type f | sort
### head_tail
seq 1 10 | head -n 3; seq 1 10 | tail -n 2
### wc
printf 'one two\nthree\n' | wc | tr -s ' '
### expr
expr 3 + 4; expr abc : 'a\(.\)c'; expr 1 = 2; echo $?
### sleep_and_order
(sleep 0.05; echo second) & echo first; wait
### nohup_style
(trap '' HUP; sh -c 'kill -HUP $$; echo survived')
### ulimit
ulimit -n 64; ulimit -n; ulimit -S -n 32; ulimit -n
