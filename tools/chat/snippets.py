"""What make_cases.py renders: expressions, templates, and templates that must fail."""

EXPRESSIONS = r"""
t
f
n
None
none
true and false
zero or empty or 'last'
seven and text and n
not n
not not text
not seven == 7
not text is defined
missing
missing is defined
missing is undefined
(missing.x is defined) if (missing is defined) else 'no'
text is defined
people[0].nope is defined
people[9] is defined
range is defined
raise_exception is defined
strftime_now is defined and strftime_now is callable
namespace is callable
text is callable
missing is callable
[1, 2]|truncate(5)
'Hello' % missing
'ŉ ΣΑΣ ᾳ ΐ'.title()
'ᾈ'.capitalize()
'①⁷'.isdigit()
missing|default('d')
empty|default('d')
empty|default('d', true)
n|default('d')
n|d('d', boolean=true)
missing|d
1
1_000
0x1F
0b101
0o17
1.5
1e3
1.0
1e16
123456789012345680.0
1e15
1e-4
1e-5
0.1 + 0.2
1/3
2/3
100.0
huge
tiny
-huge
1e22
1.7976931348623157e308
5e-324
huge * huge
-(huge * huge)
huge * huge - huge * huge
-0.0
7 / 2
8 / 2
7 // 2
-7 // 2
7 // -2
7 % 3
-7 % 3
7 % -3
7.5 // 2
-7.5 // 2
-7.7 // 0.7
7.7 // 0.7
0.0 // 3
-0.5 // -3
-7.5 % 2
7.5 % -2
6.0 % 3
-6.0 % 3
1e300 // 1e-10
2 ** 10
2 ** -1
2 ** 3 ** 2
2 ** 0.5
-2 ** 2
(-2) ** 2
0 ** 0
2.0 ** 3
big / 3
big + 1
big == 9007199254740992.0
big > 9007199254740992.0
big / 1
t + t
t * 3
-t
+t
seven - half
'a' * 3
3 * 'ab'
'a' * -1
[1, 2] * 2
2 * (1, 2)
[1] + [2, 3]
(1,) + (2,)
'a' + 'b' 'c'
'a' ~ 1 ~ none ~ true ~ 1.0 ~ missing ~ [1, 'x']
'1' + 2 ~ 3
(1 ~ 2) + '3'
2 * 3 ~ 4
-1|abs
-1.5|abs
-0.0|abs
(-1)|abs
-seven|abs
1 + 2 * 3 - 4 // 2 % 3
(1 + 2) * 3
1 < 2
1 < 2 < 3
1 < 3 < 2
3 > 2 >= 2 != 1
1 == 1.0 == true
'a' < 'b'
'Z' < 'a'
'a' < 'ab'
'\uffff' < '😀'
[1, 2] < [1, 3]
[1, 2] < [1, 2, 0]
(1, 'a') < (1, 'b')
[1, 2] == [1.0, 2]
[1] == (1,)
{'a': 1} == {'a': 1.0}
pairs == {'a': 1, 'b': 2, 'C': 3}
none == false
none == missing
missing == nope
'1' == 1
1 in [1.0]
true in [1]
'el' in text
'' in text
'x' not in text
1 in {1: 'a'}
'a' in pairs
'z' not in pairs
2 in pairs.values()
('a', 1) in pairs.items()
'a' in pairs.keys()
none in mixed
3 in range(5)
'x' in missing
not 'x' in missing
1 is in [1, 2]
3 is not in [1, 2]
'a' if t else 'b'
'a' if f else 'b'
'a' if f
('a' if f) is defined
'a' if f else 'b' if f else 'c'
('x' if t) ~ 'y'
[1, 'two', 3.0, none, true]
[]
()
(1,)
(1, 2)
1, 2
{}
{'a': 1, "b": [1, 2], 3: 'x', none: none, true: 1.5, (1, 2): 'tuple'}
{1: 'a', 1.0: 'b', true: 'c'}
mixed
pairs
none_dict
emoji
[emoji]
quotes
[quotes]
["it's", 'say "x"', "both ' and \""]
['\x00\x1f\x7f\x80\xad\u00e9\u2028\ue000\U0001F600\U000e0001']
[text, padded]
'\n\t\\\'\"\a\b\f\v\101\x41\u0041\U00000041\N{LATIN SMALL LETTER A}\q'|tojson
'line\
continued'
"tab	raw"
text[0]
text[-1]
text[99]
text[99] is defined
text[1:4]
text[:5]
text[7:]
text[-5:]
text[:-7]
text[::-1]
text[::2]
text[1:10:3]
text[10:1:-2]
text[5:2]
text[-100:100]
text[100:]
text[::-3]
emoji[1]
emoji[::-1]
emoji[1:3]
emoji|length
emoji|list
emoji|reverse
list[0]
list[-1]
list[1:]
list[::-1]
list[5:]
list[-2:]
list[:-1]
list[true]
list[1.0] is defined
list['0'] is defined
list.0
people.0.name
people[0]['name']
people[0].address.city
people[2].address is defined
(1, 2, 3)[1:]
(1, 2, 3)[::-1]
range(10)[2:5]
range(10)[::-2]|list
range(5)
range(1, 10, 3)
range(1, 10, 3)|list
range(5, 0, -2)|list
range(0)|list
range(3)|length
range(3)[-1]
none_dict.key
none_dict.key is none
none_dict.nested.deep[1].y
none_dict['items']
none_dict['nope'] is defined
none_dict['get'] is defined
none_dict.update is defined
none_dict.nokey
none_dict.key.more is defined
pairs['items'] is defined
pairs.items()
pairs.keys()
pairs.values()
pairs.items()|list
pairs.items()|length
pairs.get('a')
pairs.get('z')
pairs.get('z', 'other')
pairs.get('z', none) is none
pairs|length
pairs|list
pairs|first
pairs.a
pairs['a']
pairs.copy()
nothing.append is defined
text.nope is defined
text.upper is defined
text.upper is callable
seven.x is defined
n.x is defined
n['x'] is defined
text|upper
text|lower
text.upper()
text.lower()
text.title()
text|title
"it's a dog-eared (book) [x] {y} <z>"|title
"it's a dog-eared (book) [x]".title()
'hELLO wORLD'.capitalize()
'hELLO wORLD'|capitalize
'ÉCOLE straße ŒUVRE ǅ'.lower()
'école straße œuvre ǆ ŉ'.upper()
'ßtraße ǆ ﬁ'.title()
'ßtraße'.capitalize()
'ΑΣ ΑΣΑ'.lower()
padded.strip()
padded.lstrip()|tojson
padded.rstrip()|tojson
padded|trim
'xxhixx'.strip('x')
'xyhiyx'.strip('xy')
'xyhiyx'.lstrip('yx')
'xyhiyx'.rstrip('yx')
'xxhixx'|trim('x')
'\u3000\x1c\x85 a \xa0'.strip()
'a,b,c'.split(',')
csv.split(',')
csv.split(', ')
csv.split(',', 2)
csv.split(',', maxsplit=1)
csv.split(',')[-1]
csv.rsplit(',', 2)
csv.rsplit(',')
padded.split()
padded.split(none, 1)
'  a  b  c  '.split(none, 1)
'  a  b  c  '.rsplit(none, 1)
'  a  b  c  '.split(none, 0)
'  a  b  c  '.rsplit(none, 0)
'  a b '.split(' ')
''.split()
''.split(',')
'aaa'.split('a')
'aaaa'.rsplit('aa', 1)
'aaaaa'.rsplit('aa')
lines.splitlines()
lines.splitlines(true)
lines.splitlines(keepends=true)
''.splitlines()
'a\x0bb\x0cc\x1cd\x85e\u2028f\n'.splitlines()
'a=b=c'.partition('=')
'a=b=c'.rpartition('=')
'abc'.partition('=')
'abc'.rpartition('=')
text.startswith('Hello')
text.startswith('ello', 1)
text.startswith(('x', 'He'))
text.endswith('World')
text.endswith(('x', 'y'))
text.endswith('Hello', 0, 5)
text.startswith('', 12)
text.startswith('', 13)
text.find('o')
text.find('o', 5)
text.find('zz')
text.find('o', -4)
text.find('o', 5, 8)
text.find('')
text.find('', 12)
text.find('', 13)
text.rfind('o')
text.rfind('')
text.index('W')
text.rindex('l')
text.count('l')
text.count('')
text.count('l', 4)
'aaaa'.count('aa')
emoji.find('b')
emoji.rfind('中')
emoji.count('')
text.replace('l', 'L')
text.replace('l', 'L', 2)
text.replace('', '-')
emoji.replace('', '.')
text.replace('', '-', 3)
text.replace('zz', 'y')
'aaa'.replace('a', '')
text|replace('l', 'L')
text|replace('o', 0)
text|replace('l', 'L', 1)
text|replace('l', 'L', count=1)
12321|replace(2, 'x')
', '.join(['a', 'b'])
'-'.join('abc')
''.join([])
'x'.join(pairs)
'7'.zfill(3)
'-7'.zfill(4)
'+'.zfill(3)
'ab'.center(5)
'ab'.center(7, '*')
'abc'.center(6, '*')
'abc'.ljust(5, '.')
'abc'.rjust(5)
'abc'|center(8)
'pre-fix'.removeprefix('pre-')
'pre-fix'.removesuffix('fix')
'abc'.removeprefix('x')
'abc'.isalpha()
'ab1'.isalnum()
'123'.isdigit()
'²'.isdigit()
'½'.isdigit()
'½'.isalnum()
'²'.isdecimal()
'١٢'.isdecimal()
''.isdigit()
' \n'.isspace()
''.isspace()
'abc'.islower()
'aBc'.islower()
'1'.islower()
'ABC1'.isupper()
'Title Case'.istitle()
'Title case'.istitle()
'abc'.isascii()
'é'.isascii()
'{} and {}'.format('a', 1)
'{1}-{0}'.format('a', 'b')
'{name} is {age}'.format(name='Ada', age=36)
'{0.name} {0[age]} {p[1]}'.format(people[0], p=list)
'{{}} {!r} {!s}'.format('x', 'y')
'{:>5}|{:<5}|{:^5}|{:*^7}'.format('a', 'b', 'c', 'd')
'{:^4}|{:^5}'.format('abc', 'ab')
'{:5}|{:5}|{:05}|{:.2f}|{:8.3f}'.format('a', 1, -42, pi, pi)
'{:d}|{:+d}|{: d}|{:,}|{:_}'.format(5, 5, 5, 1234567, 1234567)
'{:.0f} {:.1f} {:f}'.format(0.5, 0.25, 2)
'{:.3}'.format('abcdef')
'{:>6}'.format(1.5)
'{}'.format(none) ~ '{}'.format([1, 'a'])
'%s %d %5.2f %r' % ('a', 3, pi, 'q')
'%s' % 'x'
'%s' % [1, 2]
'%(a)s-%(b)d' % {'a': 1, 'b': 2.7}
'%%|%5s|%-5s|%05d|%+d|% d' % ('a', 'b', 42, 7, 7)
'%x %X %i' % (255, 255, 3)
'%.3s' % 'abcdef'
'%.0f %f' % (2.5, 1)
'%-5d|' % 3
'%s' % none
"%s, %s!"|format(text, 7)
"%(x)s"|format(x=1)
list|length
list|count
list|first
list|last
nothing|first is defined
nothing|last is defined
text|first
text|last
list|sum
nothing|sum
[0.1, 0.2]|sum
people|sum(attribute='age')
list|sum(start=10)
[[1], [2]]|sum(start=[])
list|sort
list|sort(reverse=true)
words|sort
words|sort(case_sensitive=true)
words|sort(reverse=true)
people|sort(attribute='age')|map(attribute='name')|list
people|sort(attribute='age,name', reverse=true)|map(attribute='name')|list
[[2, 'b'], [1, 'a']]|sort
pairs|sort
'hello'|sort
pairs|dictsort
pairs|dictsort(true)
pairs|dictsort(false, 'value')
pairs|dictsort(by='value', reverse=true)
pairs|items|list
missing|items|list
words|unique|list
words|unique(case_sensitive=true)|list
people|unique(attribute='age')|map(attribute='name')|list
[1, 1.0, true, '1']|unique|list
list|min
list|max
words|min
words|max
words|max(case_sensitive=true)
people|max(attribute='age')
nothing|min is defined
list|reverse|list
list|reverse|first
text|reverse
pairs|reverse|list
list|join(', ')
list|join
words|join('-')
mixed|join('|')
people|join(', ', attribute='name')
pairs|join(',')
text|join('.')
missing|join(',')
list|list
text|list
missing|list
pairs.values()|list
list|map('string')|list
words|map('upper')|join(' ')
words|map('replace', 'a', 'o')|list
people|map(attribute='name')|join(', ')
people|map(attribute='address.city', default='?')|list
people|map(attribute='admin')|map('default', 'no')|list
[[1, 2], [3]]|map('first')|list
[[1, 2], [3]]|map(attribute=0)|list
[{'a': [5, 6]}]|map(attribute='a.1')|list
[1.5, 2.5]|map('int')|sum
mixed|map('tojson')|join(' ')
words|map('tojson', ensure_ascii=true)|list
missing|map('upper')|list
mixed|select|list
[0, 1, 2, 3]|select('odd')|list
[0, 1, 2, 3]|reject('odd')|list
[0, 1, 2, 3]|select('divisibleby', 3)|list
mixed|select('string')|list
mixed|reject('none')|list
words|select('equalto', 'Apple')|list
words|select('in', ['Apple', 'x'])|list
list|select('>', 1)|list
list|select('ge', 2)|list
people|selectattr('admin')|map(attribute='name')|list
people|rejectattr('admin')|map(attribute='name')|list
people|selectattr('age', '==', 36)|list|length
people|selectattr('age', 'equalto', 36)|map(attribute='name')|list
people[:2]|selectattr('address.city', 'defined')|map(attribute='name')|list
people|rejectattr('address', 'undefined')|map(attribute='name')|join
messages|selectattr('role', 'equalto', 'user')|list|length
messages|selectattr('role', 'in', ['user', 'tool'])|map(attribute='role')|list
messages|selectattr('tool_calls', 'defined')|first
(nothing|select) is defined
'yes' if nothing|select else 'no'
[1, 2, 3, 4, 5]|batch(2)|list
[1, 2, 3, 4, 5]|batch(2, 0)|list
[1, 2, 3, 4, 5]|slice(2)|list
[1, 2, 3, 4, 5]|slice(3, 'x')|list
'42'|int
' 42 '|int
'-4_2'|int
'42.9'|int
'x'|int
'x'|int(5)
'x'|int(default=5)
'ff'|int(0, 16)
'0xff'|int(base=16)
'0b11'|int(base=2)
42.9|int
-42.9|int
true|int
none|int
[]|int
'1e3'|int
''|int
'nan'|int
'1.5'|float
' -2e3 '|float
'x'|float
'x'|float(1)
'1_0.5'|float
'.5'|float
'5.'|float
'inf'|float
'-Infinity'|float
'nan'|float
3|float
none|float
42.55|round
42.55|round(1)
2.5|round
3.5|round
-2.5|round
-0.4|round
2.675|round(2)
1234.5|round(-2)
15|round(-1)
25|round(-1)
7|round
42.55|round(1, 'floor')
42.51|round(1, 'ceil')
42.1|round(method='ceil')
42.55|round|int
-1.5|abs
text|length
text|wordcount
"it's a dog-eared über_x 中文"|wordcount
text|string
7|string
none|string
[1, 'a']|string
missing|string
true|lower
none|upper
1.0|trim
lines|indent
lines|indent(2)
lines|indent(2, true)
lines|indent(2, true, true)
lines|indent(width='> ', first=true)
''|indent(2, true)
'a\n'|indent
'foo bar baz qux'|truncate(9)
'foo bar baz qux'|truncate(9, true)
'foo bar baz qux'|truncate(11)
'foo bar baz qux'|truncate(11, false, '...', 0)
'foo bar baz qux'|truncate(5, true, leeway=0, end='…')
'foobarbazqux'|truncate(6, leeway=0)
text|tojson
quotes|tojson
emoji|tojson
emoji|tojson(ensure_ascii=true)
'\x7f\x80\u2028</script>&\'"'|tojson
'\x7f\x80\u2028'|tojson(true)
'\x00\x1f\b\f/'|tojson
mixed|tojson
pairs|tojson
pairs|tojson(sort_keys=true)
pairs|tojson(indent=2)
pairs|tojson(indent='--')
none_dict|tojson(indent=4)
messages|tojson
messages|tojson(indent=1, ensure_ascii=true)
{}|tojson(indent=2)
[[], {}, [[]]]|tojson(indent=2)
pairs|tojson(separators=(',', ':'))
pairs|tojson(separators=(',', ':'), indent=2)
pairs|tojson(indent=0)
[1, (2, 3)]|tojson
{1: 'a', 2.5: 'b', true: 'c', none: 'd'}|tojson
[1.0, 1e16, 1e-5, 0.1, 1e22, -0.0, huge * huge]|tojson
true|tojson
none|tojson
7|tojson
1.0|tojson
big|tojson
text is string
7 is string
7 is number
1.5 is number
true is number
text is number
7 is integer
true is integer
7.0 is integer
7.0 is float
7 is float
true is boolean
1 is boolean
true is true
1 is true
false is false
none is none
missing is none
pairs is mapping
list is mapping
list is iterable
text is iterable
7 is iterable
missing is iterable
none is iterable
pairs is iterable
(list|select) is iterable
list is sequence
text is sequence
pairs is sequence
(1, 2) is sequence
(list|select) is sequence
missing is sequence
7 is odd
7 is even
7.5 is even
7 is divisibleby 7
7 is divisibleby(2)
7 is not divisibleby 2
7 is eq 7
7 is equalto(7)
7 is ne 8
7 is gt 5
7 is lt 5
7 is ge 7
7 is le 6
'a' is lower
'A' is upper
7 is lower
'a' is in 'abc'
none is sameas none
true is sameas true
1 is sameas true
list is sameas list
text is escaped
'upper' is filter
'nope' is filter
'odd' is test
'nope' is test
7 is defined and 8 is defined
7 is odd == true
not 7 is odd
-7 is odd
7 is odd|string
(7 is odd)|string
list|length is odd
list|length == 3
list|length + 1
text|upper ~ '!'
text|upper|lower|length
text|replace('l', 'L')|upper == 'HELLO, WORLD'
strftime_now('%Y-%m-%d')
strftime_now('%d %b %Y')
strftime_now('%B %d, %Y %H:%M:%S %p %I %j %y %A %a %f %% %e')
strftime_now('%-d/%-m %-H %-I %-j|%F %T %D %R %u %w %V %G %C %h %n%t|%c|%x|%X|%z%Z')
dict([('a', 1), ['b', 2]])
namespace(a=1, b='x')
namespace({'a': 1}, b=2).b
[namespace(x=[1])]
text.split(', ')[1].lower()[::-1]|upper
messages[2].tool_calls[0].function.arguments.x + 1
messages[1:]|length
messages[-1]['content']
messages[-1].content[:-1]
(messages|last).role
messages|map(attribute='role')|join(',')
messages[2]['content'] is none
messages[0].content|string + '!'
'content' in messages[0]
{'a': {'b': [1, 2]}}['a']['b'][-1]
{'a': 1}.a
[1, 2][0]
'abc'[1]
'a' 'b' "c"
"\{"
'%s%%' % 5
list.index(2)
list.count(3)
(1, 2, 1).count(1)
(1, 2).index(2)
missing[:0] if missing else 'safe'
text|safe
('<a>'|safe) + '<b>'
'<a>' + ('<b>'|safe)
('<a>'|safe) ~ '<b>'
('<a>'|e) + '&' + ('<c>'|safe)
('<a>'|e|e) ~ ('<a>'|forceescape|forceescape)
[text|safe, '<"'|e]
(text|safe) is string
(text|safe) == text
(text|safe) is escaped
text is escaped
(text|safe)|length
(' <a> '|safe|trim|upper) + '<'
('<a>'|safe|string) + '<'
('<a>'|safe|replace('a', 'b')) + '<'
['<a>'|safe, '<b>']|join('<')
{'k': text|safe}|tojson
{text|safe: 1}[text]
'<' in ('<a>'|safe)
('a'|safe) in 'abc'
('7'|safe|int) + 1
('a'|safe) < 'b'
1 if ''|safe else 2
pairs|tojson|safe if pairs is mapping else pairs|string
missing|safe
[1, '<']|safe
'<a href="x">&\'</a>'|e
'<b>'|escape
'<'|forceescape
[1, 2, 3] == list|sort
{'a': [1, 2]} == {'a': [1, 2]}
'a' < 'b' and 'b' < 'c' or missing.x
t or missing.x
f and missing.x
1 if missing else 2
1 if nothing else 2
1 if [0] else 2
1 if 0.0 else 2
1 if ' ' else 2
1 if pairs.items() else 2
1 if range(0) else 2
1 if namespace() else 2
""".strip("\n").replace("\\\ncontinued", "\\\0continued").split("\n")
EXPRESSIONS = [e.replace("\0", "\n") for e in EXPRESSIONS]

TEMPLATES = [
    # White space around tags.
    "", "\n", "\n\n", "a\n", "a\n\n", "a\r\nb\rc\n", "plain { text } {x} {", "}} %} #}",
    "a {{ 1 }} b", "a {{- 1 -}} b", "a\n{{ 1 }}\nb", "a\n  {{- 1 }}\n  b", "a\n  {{ 1 -}}\n  b", "{{-1}}", "{{+1}}", "{{- -1}}",
    "a\n  {% if t %}\n  x\n  {% endif %}\n  b", "a\n  {%- if t %}\n  x\n  {%- endif %}\n  b",
    "a\n  {% if t -%}\n  x\n  {% endif -%}\n  b", "a\n  {%+ if t %}\n  x\n  {%+ endif %}\n  b",
    "a\n  {% if t +%}\n  x\n  {% endif +%}\n  b", "a {% if t %} x {% endif %} b", "  {% if t %}x{% endif %}",
    "  {{ 1 }}", "\t {%- if t -%} \n x \n {%- endif -%} \t\n", "{% if t %}\n\nx\n\n{% endif %}\n\ny",
    "x{# c #}y", "x {#- c -#} y", "x\n  {# c #}\n  y", "x\n  {#+ c +#}\n  y", "{#-#}x", "{#--#} x", "{##}x", "{#+#} x",
    "a {# {{ 1 }} {% if %} #} b", "{# a\n\n#}\n\nb", "{{ 1 }}\n{# c #}\n{{ 2 }}", "a{{ 1 }}  {% if t %}b{% endif %}",
    "{% set x = 1 %}  {% set y = 2 %}\n  {% set z = 3 %}{{ x }}{{ y }}{{ z }}",
    "{% set x = 1 %}\n  {{ x }}", "{% set x = 1 -%}\n\n  {{ x }}", "\u00a0{%- if t %}x{% endif %}", "\u3000\n \u2003{% if t %}x{% endif %}",
    "{% raw %}{{ x }} {% if %} {# #}{% endraw %}", "a\n  {% raw %}\n  {{ x }}\n  {% endraw %}\n  b",
    "a {%- raw -%} \n {{ x }} \n {%- endraw -%} b", "{% raw %}{% raw %}{% endraw %}", "{%raw%}{%endraw %}x",
    "a {%+ raw %} x {%+ endraw +%}\nb", "{% rawish is defined %}" if False else "{{ '{% raw %}' }}",
    "{{ {'a': {'b': 1}}['a'] }}", "{{ {'a': {'b': 1}} }}", "{{ '}}' }}", "{{ \"%}\" }}{% if '%}' %}x{% endif %}", "{{ {} }}",
    "{%if t%}x{%endif%}", "{%if(t)%}x{%endif%}", "{% if t: %}x{% endif %}", "{{'a'}}{{'b'}}",
    # If.
    "{% if f %}a{% elif n %}b{% elif seven %}c{% else %}d{% endif %}", "{% if missing %}a{% else %}b{% endif %}",
    "{% if t and not f or missing.x %}a{% endif %}", "{% if 1, 0 %}a{% endif %}", "{% if t %}{% else %}b{% endif %}",
    # Set and scopes.
    "{% set x = 1 %}{% if t %}{% set x = 2 %}{% endif %}{{ x }}",
    "{% set x = 1 %}{% for i in list %}{% set x = x + i %}{{ x }} {% endfor %}{{ x }}",
    "{% for i in list %}{{ y is defined }}{% set y = i %}{{ y }}{% endfor %}{{ y is defined }}",
    "{% set a, b = 1, 2 %}{{ a }}{{ b }}", "{% set (a, (b, c)) = (1, [2, 3]) %}{{ a }}{{ b }}{{ c }}",
    "{% set x = 1, 2 %}{{ x }}", "{% set x %}a{{ 1 }}b{% endset %}[{{ x }}]", "{% set x | upper %}abc{% endset %}{{ x }}",
    "{% set x | replace('a', 'b') | upper %}abc{% endset %}{{ x }}", "{% set x %}\n  y\n{% endset %}{{ x|tojson }}",
    "{% set x %}{% set y = 1 %}{{ y }}{% endset %}{{ x }}{{ y is defined }}",
    "{% set ns = namespace(n=0) %}{% for i in list %}{% set ns.n = ns.n + i %}{% endfor %}{{ ns.n }}",
    "{% set ns = namespace() %}{% set ns.a = 1 %}{% set ns.b = ns.a + 1 %}{{ ns.b }}{{ ns.c is defined }}{{ ns }}",
    "{% set ns = namespace(x=1) %}{% set ns.x, y = 2, 3 %}{{ ns.x }}{{ y }}{{ ns['x'] }}",
    "{% set ns = namespace(l=[]) %}{% for i in list %}{% set ns.l = ns.l + [i * 2] %}{% endfor %}{{ ns.l }}",
    "{% set ns = namespace(t='') %}{% set ns.t %}x{{ 1 }}{% endset %}{{ ns.t }}",
    "{% if not missing is defined %}{% set missing = 'now' %}{% endif %}{{ missing }}",
    "{% set messages = messages[1:] %}{{ messages|length }}", "{% set range = 3 %}{{ range }}",
    "{% with %}{% set x = 1 %}{{ x }}{% endwith %}{{ x is defined }}", "{% with a = 1, b = seven %}{{ a }}{{ b }}{% endwith %}{{ a is defined }}",
    "{% set a = 1 %}{% with a = 2, b = a %}{{ a }}{{ b }}{% endwith %}{{ a }}",
    "{% filter upper %}abc {{ text }}{% endfilter %}", "{% filter replace('a', 'b') | upper %}abc{% endfilter %}",
    "{% print 'x' %}", "{% print seven + 1 %}",
    # For.
    "{% for x in list %}{{ x }},{% endfor %}", "{% for x in nothing %}x{% else %}none{% endfor %}", "{% for x in list %}x{% else %}none{% endfor %}",
    "{% for x in missing %}x{% else %}none{% endfor %}", "{% for c in emoji %}[{{ c }}]{% endfor %}", "{% for k in pairs %}{{ k }}{% endfor %}",
    "{% for k, v in pairs.items() %}{{ k }}={{ v }};{% endfor %}", "{% for k, v in pairs|items %}{{ k }}={{ v }};{% endfor %}",
    "{% for k, v in pairs|dictsort %}{{ k }}={{ v }};{% endfor %}", "{% for (a, b), c in [[(1, 2), 3]] %}{{ a }}{{ b }}{{ c }}{% endfor %}",
    "{% for x in 1, 2, 3 %}{{ x }}{% endfor %}", "{% for x in range(3) %}{{ x }}{% endfor %}", "{% for x in list|sort %}{{ x }}{% endfor %}",
    "{% for x in list if x > 1 %}{{ x }}{{ loop.index }}/{{ loop.length }} {% endfor %}", "{% for x in list if x > 9 %}x{% else %}none{% endfor %}",
    "{% for x in list if x > 1 and x < 3 %}{{ x }}{{ loop.last }}{% endfor %}",
    "{% for x in words %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 }}{{ loop.first }}{{ loop.last }}{{ loop.length }}{{ loop.depth }}{{ loop.depth0 }} {% endfor %}",
    "{% for x in list %}{{ loop.previtem is defined }}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }}{{ loop.nextitem is defined }} {% endfor %}",
    "{% for x in [1, 1, 2, 2, 1] %}{{ loop.changed(x) }} {% endfor %}", "{% for x in list %}{{ loop.cycle('a', 'b') }}{% endfor %}",
    "{% for x in list %}{% for y in list %}{{ loop.index }}{% endfor %}{{ loop.index }} {% endfor %}",
    "{% for x in list %}{% set outer = loop %}{% for y in 'ab' %}{{ outer.index }}{{ loop.index }} {% endfor %}{% endfor %}",
    "{% for x in list|map('string') %}{{ x }}{{ loop.last }}{{ loop.length }} {% endfor %}", "{% for x in list|select('odd') %}{{ x }}{{ ',' if not loop.last }}{% endfor %}",
    "{% for x in list %}{% if x == 1 %}{% continue %}{% endif %}{{ x }}{% endfor %}", "{% for x in list %}{% if x == 1 %}{% break %}{% endif %}{{ x }}{% endfor %}",
    "{% for x in list %}{% break %}{% else %}else{% endfor %}", "{% for x in list %}{% continue %}{% else %}else{% endfor %}",
    "{% for x in list %}{% if loop.index == 2 %}{% break %}{% endif %}{{ x }}{% else %}else{% endfor %}",
    "{% for x in list %}{% for y in list %}{% if y == 1 %}{% break %}{% endif %}{{ y }}{% endfor %};{% endfor %}",
    "{% for x in list %}{% set z %}{{ x }}{% if x == 1 %}{% continue %}{% endif %}!{% endset %}{{ z }}{% endfor %}",
    "{% for x in list %}{% filter upper %}a{% if x == 1 %}{% break %}{% endif %}b{% endfilter %}{% endfor %}",
    "{% for x in list %}{% with %}{% if x == 1 %}{% continue %}{% endif %}{{ x }}{% endwith %}{% endfor %}",
    "{% for n in tree recursive %}{{ n.v }}{% if n.kids %}[{{ loop(n.kids) }}]{% endif %}{{ loop.depth }}{% endfor %}",
    "{% for n in tree recursive %}{{ loop.depth0 }}{{ loop(n.kids) }}{% else %}-{% endfor %}",
    "{% set ns = namespace(stop=false) %}{% for x in list if not ns.stop %}{{ x }}{% set ns.stop = true %}{% endfor %}",
    "{% set g = list|select('odd') %}{{ g|list }}{{ g|list }}", "{% set g = list|map('string') %}{% for x in g %}{{ x }}{% endfor %}{% for x in g %}{{ x }}{% else %}gone{% endfor %}",
    "{% set g = list|reverse %}{{ g|first }}{{ g|list }}", "{% for x in list %}{% endfor %}{{ loop is defined }}", "{% for x in list %}{{ x }}{% if loop.last %}{% set x = 9 %}{{ x }}{% endif %}{% endfor %}",
    "{% for m in messages[::-1] %}{{ loop.index0 }}{{ m.role[0] }}{% endfor %}", "{% for _ in range(2) %}x{% endfor %}", "{% for x in pairs.values() %}{{ x }}{% endfor %}",
    # Macros and calls.
    "{% macro f(a, b=2, c='x') %}[{{ a }}{{ b }}{{ c }}]{% endmacro %}{{ f(1) }}{{ f(1, 3) }}{{ f(1, c='y') }}{{ f(c=1, a=2) }}{{ f() }}",
    "{% macro f(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ f(1) }}", "{% macro f() %}{{ x }}{% endmacro %}{% set x = 5 %}{{ f() }}",
    "{% macro f(n) %}{{ n }}{% if n > 0 %}{{ f(n - 1) }}{% endif %}{% endmacro %}{{ f(3) }}", "{% macro f() %} a {% endmacro %}{{ f()|trim }}{{ f()|length }}",
    "{%- macro f(x) -%}\n  {{ x }}\n{%- endmacro -%}\n{{ f(1) }}", "{% macro f() %}{% set x = 1 %}{{ x }}{% endmacro %}{{ f() }}{{ x is defined }}",
    "{% macro f() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ f(1, 2, a=3) }}", "{% macro f(a) %}{{ a }}{{ varargs|join('-') }}{% endmacro %}{{ f(1, 2, 3) }}",
    "{% macro f(a) %}{{ kwargs.b }}{{ a }}{% endmacro %}{{ f(b=1, a=2) }}", "{% macro f() %}<{{ caller() }}>{% endmacro %}{% call f() %}in {{ text }}{% endcall %}",
    "{% macro f() %}{{ caller(1, 2) }}{% endmacro %}{% call(a, b=3) f() %}{{ a }}{{ b }}{% endcall %}", "{% macro f() %}{{ caller is defined }}{% endmacro %}{{ f() }}",
    "{% macro f(x) %}{{ caller() if caller else x }}{% endmacro %}{{ f(1) }}{% call f(2) %}c{% endcall %}", "{% macro f() %}x{% endmacro %}{{ f }}{{ f is callable }}{{ f.name }}",
    "{% macro f(a, b) %}{{ a }}{{ b is defined }}{% endmacro %}{{ f(1) }}{{ f(*[1, 2]) }}{{ f(**{'a': 3, 'b': 4}) }}{{ f(5, **{'b': 6}) }}{{ f(*(7,), b=8) }}",
    "{{ f() }}{% macro g() %}{% endmacro %}" if False else "{% macro f() %}{{ g() }}{% endmacro %}{% macro g() %}late{% endmacro %}{{ f() }}",
    "{% macro f(t) %}{{ t }}{{ text }}{% endmacro %}{{ f('own ') }}", "{% for x in list %}{% macro f() %}{{ x }}{% endmacro %}{{ f() }}{% endfor %}",
    "{% set ns = namespace(n=0) %}{% macro inc() %}{% set ns.n = ns.n + 1 %}{% endmacro %}{{ inc() }}{{ inc() }}{{ ns.n }}",
    "{% set ns = namespace() %}{% macro f(x) %}<{{ x }}>{% endmacro %}{% set ns.f = f %}{{ ns.f(1) }}", "{% if f %}{% set _ = list.append(1) %}{% endif %}ok", "{% set d = {'f': range} %}{{ d.f(3)|list }}{{ d['f'](2)|list }}",
    "{% macro f(a='x', b=[]) %}{{ a }}{{ b }}{% endmacro %}{{ f() }}{{ f(b=1) }}", "{% macro f(x) %}{{ x|default('d') }}{% endmacro %}{{ f() }}{{ f(none) }}",
    "{{ strftime_now('%Y') if strftime_now is defined else 'no clock' }}", "{{ dict(a=1) if false else 'skipped' }}",
    # Generation blocks.
    "{% for m in messages %}{% if m.role == 'assistant' %}{% generation %}{{ m.content }}{% endgeneration %}{% else %}{{ m.role }}{% endif %}{% endfor %}",
    "a\n  {% generation %}\n  x\n  {% endgeneration %}\n  b", "{% set x = 1 %}{% generation %}{% set x = 2 %}{{ x }}{% endgeneration %}{{ x }}",
    # Whole templates, after the manner of real ones.
    """{%- if tools %}{{ tools|tojson }}{%- endif %}
{{- bos_token }}
{%- for message in messages %}
    {%- if message.role == 'system' and loop.first %}
        {{- '<<SYS>>' + message.content + '<</SYS>>\\n' }}
    {%- elif message.role == 'user' or (message.role == 'system' and not loop.first) %}
        {{- '[INST] ' + message['content'] | trim + ' [/INST]' }}
    {%- elif message.tool_calls is defined and message.tool_calls %}
        {%- for call in message.tool_calls %}
            {%- if call.function is defined %}{% set call = call.function %}{% endif %}
            {{- '\\n<call>' ~ call.name ~ '(' }}
            {%- for name, value in call.arguments.items() %}
                {{- name + '=' + (value if value is string else value | tojson) }}
                {%- if not loop.last %}, {% endif %}
            {%- endfor %}
            {{- ')</call>' }}
        {%- endfor %}
    {%- elif message.role == 'tool' %}
        {%- if loop.previtem and loop.previtem.role != 'tool' %}{{ '<results>' }}{% endif %}
        {{- message.content }}
        {%- if loop.last or loop.nextitem.role != 'tool' %}{{ '</results>' }}{% endif %}
    {%- else %}
        {{- message.content + eos_token }}
    {%- endif %}
{%- endfor %}
{%- if add_generation_prompt is defined and add_generation_prompt %}
    {{- '<assistant>' }}
{%- endif %}
""",
    """{% macro kind(schema) %}
{%- if schema.type == 'array' -%}
{{ kind(schema['items']) }}[]
{%- elif schema.type is iterable and schema.type is not string -%}
{{ schema.type | join(' | ') }}
{%- elif schema.enum -%}
"{{ schema.enum | join('" | "') }}"
{%- else -%}
{{ schema.type or 'any' }}
{%- endif -%}
{% endmacro %}
{{ kind({'type': 'array', 'items': {'type': ['string', 'null']}}) }}
{{ kind({'enum': ['a', 'b']}) }}
{{ kind({'type': 'array'}) }}
{{ kind({}) }}
""",
    """{% set ns = namespace(last=-1, seen=[]) %}
{% for m in messages %}
  {% if m.role == 'user' %}
    {% set ns.last = loop.index0 %}
  {% endif %}
  {% set ns.seen = ns.seen + [m.role] %}
{% endfor %}
{{ ns.last }} {{ ns.seen }}
{% for m in messages %}
{{ '+' if loop.index0 > ns.last else '-' }}{{ m.role }}
{% endfor %}
""",
]

FAILING = r"""
{{ raise_exception('no') }}
{{ missing.x }}
{{ missing['x'] }}
{{ missing[0] }}
{{ missing() }}
{{ missing.x.y is defined }}
{{ people[0].nope.more }}
{{ missing + 1 }}
{{ 1 + missing }}
{{ 'a' + missing }}
{{ -missing }}
{{ missing < 1 }}
{{ 1 > missing }}
{{ missing[1:] }}
{{ missing|int }}
{{ missing|float }}
{{ missing|tojson }}
{{ [missing]|tojson }}
{{ missing|round }}
{{ 'a' + 1 }}
{{ 1 + 'a' }}
{{ 'a' + none }}
{{ none + 'a' }}
{{ 'a' + list }}
{{ list + 'a' }}
{{ [1] + (2,) }}
{{ {} + {} }}
{{ 'a' - 'b' }}
{{ 'a' * 'b' }}
{{ 'a' * 1.5 }}
{{ -'a' }}
{{ +'a' }}
{{ 1 / 0 }}
{{ 1 // 0 }}
{{ 1 % 0 }}
{{ 1.0 / 0 }}
{{ 0 ** -1 }}
{{ 1e300 ** 2 }}
{{ 1 < 'a' }}
{{ none < 1 }}
{{ [1] < [none] }}
{{ {} < {} }}
{{ 1 in 1 }}
{{ 1 in none }}
{{ 1 in 'abc' }}
{{ missing in 'abc' }}
{{ [] in {} }}
{{ pairs.keys() in pairs }}
{{ 'a' is lower not in list }}
{{ {[]: 1} }}
{{ {{}: 1} }}
{{ text[::0] }}
{{ text['a':] }}
{{ text[1.5:] }}
{{ pairs[1:] }}
{{ n[1:] }}
{{ seven[0:1] }}
{% for x in 7 %}{% endfor %}
{% for x in none %}{% endfor %}
{% for a, b in [1] %}{% endfor %}
{% for a, b in [[1]] %}{% endfor %}
{% for a, b in [[1, 2, 3]] %}{% endfor %}
{% set a, b = 1, 2, 3 %}
{% set x = 1 %}{% set x.y = 2 %}
{% set pairs.y = 2 %}
{% set ns = namespace() %}{% set ns._x = 2 %}
{{ namespace(_x=1) }}
{{ namespace(1) }}
{{ text() }}
{{ 7() }}
{{ pairs.a() }}
{{ text.split('') }}
{{ text.split(1) }}
{{ text.index('zz') }}
{{ list.index(99) }}
{{ text.strip(1) }}
{{ text.replace('a') }}
{{ text.replace(1, 2) }}
{{ text.join(1) }}
{{ ','.join([1, 2]) }}
{{ text.startswith(1) }}
{{ text.startswith(['a']) }}
{{ text.upper(1) }}
{{ text.center(10, 'ab') }}
{{ none.strip() }}
{{ list.strip() }}
{{ list.items() }}
{{ text.items() }}
{{ pairs.get() }}
{{ pairs.get([]) }}
{{ list|items }}{{ list|items|list }}
{{ 7|length }}
{{ none|length }}
{{ (list|select)|length }}
{{ 7|list }}
{{ none|list }}
{{ none|join }}
{{ 7|first }}
{{ 7|sort }}
{{ [1, 'a']|sort }}
{{ [none, 1]|sort }}
{{ mixed|max }}
{{ list|dictsort }}
{{ pairs|dictsort(by='x') }}
{{ 'a'|abs }}
{{ none|abs }}
{{ 'a'|round }}
{{ 1.5|round(method='x') }}
{{ list|sum(start='') }}
{{ words|sum }}
{{ words|map('first', 'x', 'y')|list }}
{{ words|map|list }}
{{ words|map(1)|list }}
{{ words|select(1)|list }}
{{ people|selectattr|list }}
{{ people|map(attribute='nope.more')|list }}
{{ list|tojson(1, 2, 3, 4, 5) }}
{{ list|tojson(nope=1) }}
{{ range|tojson }}
{{ {(1, 2): 3}|tojson }}
{{ pairs.items()|tojson }}
{{ range(3)|tojson }}
{{ (list|map('string'))|tojson }}
{{ namespace()|tojson }}
{{ {1: 2, 'a': 3}|tojson(sort_keys=true) }}
{{ range('a') }}
{{ range(1.5) }}
{{ range(1, 2, 0) }}
{{ range(1000000) }}
{{ dict([1]) }}
{{ strftime_now() }}
{{ strftime_now(1) }}
{{ 'a' is divisibleby 2 }}
{{ 7 is divisibleby 0 }}
{{ 'a' is odd }}
{{ 1 is gt 'a' }}
{{ 1 is in 1 }}
{{ '{}'.format() }}
{{ '{x}'.format(1) }}
{{ '{'.format(1) }}
{{ '}'.format(1) }}
{{ '{} {0}'.format(1, 2) }}
{{ '{:d}'.format('a') }}
{{ '{:d}'.format(1.5) }}
{{ '{:.2f}'.format('a') }}
{{ '{0[9]}'.format(list) }}{{ '{0.x.y}'.format(list) }}
{{ '%d' % 'a' }}
{{ '%s %s' % 'a' }}
{{ '%s' % (1, 2) }}
{{ 'a' % 1 }}
{{ '%' % 1 }}
{{ '%(a)s' % 1 }}
{{ '%(a)s' % {} }}
{{ '%x' % 1.5 }}
{% macro f(a) %}{% endmacro %}{{ f(1, 2) }}
{% macro f(a) %}{% endmacro %}{{ f(b=1) }}
{% macro f(a) %}{% endmacro %}{{ f(1, a=2) }}
{% macro f() %}{% endmacro %}{% call f() %}x{% endcall %}
{% macro f() %}{{ caller() }}{% endmacro %}{{ f() }}
{% macro f() %}{{ caller(1) }}{% endmacro %}{% call f() %}{% endcall %}
{% macro f(a) %}{{ a.x }}{% endmacro %}{{ f() }}
{% macro f(n) %}{{ f(n + 1) }}{% endmacro %}{{ f(0) }}
{% for x in list recursive %}{{ loop(list) }}{% endfor %}
{% for x in list %}{{ loop(list) }}{% endfor %}
{% for x in list %}{{ loop.cycle() }}{% endfor %}
{% for x in list %}{{ loop.nope.more }}{% endfor %}
{{ loop.index }}
{{ pairs.update({'z': 1}) }}
{{ list.append(1) }}
{% set _ = list.append(1) %}
{{ list.pop(0) }}
{{ pairs.pop('a') }}
{{ ('a'|safe) + 1 }}
{{ 1 + ('a'|safe) }}
{{ text.__class__.mro() }}
{{ ''.__class__.__subclasses__() }}
{{ text.nope() }}
{{ 1|truncate(2) }}
{{ 'abcdefghijkl'|truncate(2) }}
{{ list|indent }}
{{ words|batch }}
{{ people|sort(attribute='address.city')|list }}
{{ (1, 2)|unique(attribute='x.y')|list }}
{{ f(**1) }}
{{ range(*1) }}
{{ range(**{'x': 1}) }}
{{
{{ 1
{{ }}
{{ 1 2 }}
{{ 1 + }}
{{ (1 }}
{{ 1) }}
{{ [1 }}
{{ [1} }}
{{ 'abc }}
{{ a b }}
{{ a. }}
{{ a.'b' }}
{{ a[ }}
{{ a[] }}
{{ a| }}
{{ a|upper( }}
{{ a is }}
{{ a is not }}
{{ 1 is odd is odd }}
{{ a if }}
{{ if }}{{ if 1 }}
{{ not }}
{{ 1 not 2 }}
{{ 1 ! 2 }}
{{ a ? b }}
{{ a = 1 }}
{{ {1} }}
{{ {1: } }}
{{ f(a=1, 2) }}
{{ f(**a, b) }}
{{ f(,) }}
{{ '\x4' }}
{{ '\u12' }}
{{ '\N{NOPE NOPE}' }}
{% if %}x{% endif %}
{% if t %}
{% if t %}{% else %}
{% if t %}{% endfor %}
{% if t %}{% else %}{% elif f %}{% endif %}
{% endif %}
{% else %}
{% for %}{% endfor %}
{% for x %}{% endfor %}
{% for x in %}{% endfor %}
{% for 1 in list %}{% endfor %}
{% for loop in list %}{{ loop }}{% endfor %}
{% for x in list %}{% set loop = 1 %}{% endfor %}
{% for x in list %}
{% for x.y in list %}{% endfor %}
{% for true in list %}{% endfor %}
{% break %}
{% continue %}
{% for x in list %}{% macro f() %}{% break %}{% endmacro %}{% endfor %}
{% for x in list %}{% else %}{% break %}{% endfor %}
{% for x in list %}{% generation %}{% break %}{% endgeneration %}{% endfor %}
{% set %}
{% set x %}
{% set 1 = 2 %}
{% set x = %}
{% set none = 1 %}
{% set x[0] = 1 %}
{% set a.b.c = 1 %}
{% set f(x) = 1 %}
{% macro %}{% endmacro %}
{% macro f %}{% endmacro %}
{% macro f(1) %}{% endmacro %}
{% macro f(a=1, b) %}{% endmacro %}
{% macro f(a, a) %}{% endmacro %}
{% macro f() %}
{% call 1 %}{% endcall %}
{% call f %}{% endcall %}
{% filter %}x{% endfilter %}
{% filter nope %}x{% endfilter %}
{% with a %}{% endwith %}
{% generation %}
{% nope %}
{% do 1 %}
{% 1 %}
{% raw %}x
{% set a, = [9] %}{{ a }}
{{ missing.x is defined if missing is defined else 'no' }}
{{ 1 ~ 2 + 3 }}
{{ people|selectattr('address.city', 'defined')|list }}
{# never ends
{% set x = 1
{{ 1|nope }}
{{ 1 is nope }}
{{ nope(1) }}
{{ words|map('nope')|list }}
{{ words|select('nope')|list }}
""".strip("\n").split("\n")
