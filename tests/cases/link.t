# "base link | what it leads to", where base may be "-" for none.  The normal and
# abnormal examples are those of RFC 3986, section 5.4.

http://a/b/c/d;p?q g:h | g:h
http://a/b/c/d;p?q g | http://a/b/c/g
http://a/b/c/d;p?q ./g | http://a/b/c/g
http://a/b/c/d;p?q g/ | http://a/b/c/g/
http://a/b/c/d;p?q /g | http://a/g
http://a/b/c/d;p?q //g | http://g
http://a/b/c/d;p?q ?y | http://a/b/c/d;p?y
http://a/b/c/d;p?q g?y | http://a/b/c/g?y
http://a/b/c/d;p?q #s | http://a/b/c/d;p?q#s
http://a/b/c/d;p?q g#s | http://a/b/c/g#s
http://a/b/c/d;p?q g?y#s | http://a/b/c/g?y#s
http://a/b/c/d;p?q ;x | http://a/b/c/;x
http://a/b/c/d;p?q g;x?y#s | http://a/b/c/g;x?y#s
http://a/b/c/d;p?q \s | http://a/b/c/d;p?q
http://a/b/c/d;p?q . | http://a/b/c/
http://a/b/c/d;p?q ./ | http://a/b/c/
http://a/b/c/d;p?q .. | http://a/b/
http://a/b/c/d;p?q ../ | http://a/b/
http://a/b/c/d;p?q ../g | http://a/b/g
http://a/b/c/d;p?q ../.. | http://a/
http://a/b/c/d;p?q ../../ | http://a/
http://a/b/c/d;p?q ../../g | http://a/g
http://a/b/c/d;p?q ../../../g | http://a/g
http://a/b/c/d;p?q /./g | http://a/g
http://a/b/c/d;p?q /../g | http://a/g
http://a/b/c/d;p?q g. | http://a/b/c/g.
http://a/b/c/d;p?q ..g | http://a/b/c/..g
http://a/b/c/d;p?q ./../g | http://a/b/g
http://a/b/c/d;p?q g/./h | http://a/b/c/g/h
http://a/b/c/d;p?q g/../h | http://a/b/c/h
http://a/b/c/d;p?q g?y/./x | http://a/b/c/g?y/./x
http://a/b/c/d;p?q g#s/../x | http://a/b/c/g#s/../x

# bases without a path, without a host, none
https://a.example g | https://a.example/g
https://a.example ../g | https://a.example/g
https://a.example?q g | https://a.example/g
https://a.example:8080/x/ g | https://a.example:8080/x/g
https://a.example/x//y/ g | https://a.example/x//y/g
mailto:a@b.example g | g
/news/ g | g
- g | g
- https://b.example/x | https://b.example/x
https://a.example/ HTTPS://b.example/x | HTTPS://b.example/x
https://a.example/ javascript:alert(1) | javascript:alert(1)
https://a.example/ 1:2 | https://a.example/1:2
