/* vectors.h - what hostile scripts try, and what stops it: the rows of test_sandbox_vectors.c. */
#ifndef VB_TESTS_VECTORS_H
#define VB_TESTS_VECTORS_H

#include "base/err.h"

struct vector {
    const char *tries;
    const char *stopped_by;
    const char *source;
    enum vb_code code;
    const char *part; /* of the message; for VB_OK of what it returns */
};

#define ABSENT(name) "'" name "' is not available in the sandbox"

static const struct vector endless[] = {
    { "loop", "the count hook", "while true do end", VB_E_LIMIT, "" },
    { "hide in pcall", "the hook yields: pcall cannot catch it",
      "while true do pcall(function() while true do end end) end", VB_E_LIMIT, "" },
    { "hide in a tower of pcalls", "the hook yields through every level",
      "local function f() pcall(f) pcall(f) end f()", VB_E_LIMIT, "" },
    { "hide in a tower of pcalls that loop", "the hook yields through every level",
      "local function f() while true do pcall(f) end end f()", VB_E_LIMIT, "" },
    { "pcall of pcall of pcall", "no Lua runs between them: it ends by itself",
      "return tostring((pcall(pcall, pcall, pcall, pcall, error)))", VB_OK, "true" },
    { "hide in the comparison of a sort", "where it cannot yield the hook raises, and goes on",
      "table.sort({ 1, 2, 3 }, function() while true do end end)", VB_E_LIMIT, "" },
    { "hide in pcall in the comparison of a sort", "the hook raises at every instruction",
      "table.sort({ 1, 2, 3 }, function()\n"
      "while true do pcall(function() while true do end end) end end)",
      VB_E_LIMIT, "" },
    { "hide in a tower in the comparison of a sort", "the hook raises at every instruction",
      "local function f() pcall(f) pcall(f) end table.sort({ 1, 2, 3 }, f)", VB_E_LIMIT, "" },
    { "sort with pcall as comparison", "sorting is charged; an odd order only sorts oddly",
      "local t = {} for i = 1, 1000 do t[i] = i end table.sort(t, pcall) return 'sorted'", VB_OK,
      "sorted" },
    { "sort with a comparison that is always true", "a merge sort ends whatever it hears",
      "local t = {} for i = 1, 1000 do t[i] = i end\n"
      "table.sort(t, function() return true end) return 'sorted'",
      VB_OK, "sorted" },
    { "sort for ever", "sorting is charged",
      "local t = {} for i = 1, 10000 do t[i] = -i end while true do table.sort(t) end", VB_E_LIMIT,
      "" },
    { "sort long strings of zero bytes", "comparing is charged",
      "local t = {} for i = 1, 20 do t[i] = ('\\0'):rep(262100) .. i end\n"
      "while true do table.sort(t) end",
      VB_E_LIMIT, "" },
    { "compare long strings of zero bytes", "the hook comes every 10 instructions then",
      "local a, b = ('\\0'):rep(262143) .. 'a', ('\\0'):rep(262143) .. 'b'\n"
      "local n = 0 while true do if a < b then n = n + 1 end end",
      VB_E_LIMIT, "" },
    { "compare equal strings", "the hook",
      "local a, b = ('x'):rep(262143) .. 'a', ('x'):rep(262143) .. 'a'\n"
      "while true do local same = a == b end",
      VB_E_LIMIT, "" },
    { "walk a table for ever", "pairs is charged",
      "local t = {} for i = 1, 8000 do t['k' .. i] = i end while true do pairs(t) end", VB_E_LIMIT,
      "" },
    { "keys that collide when the table grows", "one table part has a ceiling",
      "local t, k = {}, 16382 for i = 1, 8192 do t[i * k] = true end\n"
      "for i = 1, 70000 do t[i + 0.5] = true end",
      VB_E_LIMIT, "" },
    { "many tables whose keys collide", "the hook comes every 10 instructions then",
      "local all, k = {}, 8190\n"
      "for j = 1, 30 do local t = {} for i = 1, 4096 do t[i * k] = true end all[j] = t end\n"
      "for j = 1, 30 do all[j][1] = 1 end while true do end",
      VB_E_LIMIT, "" },
    { "goto in circles", "the count hook", "::again:: goto again", VB_E_LIMIT, "" },
    { "a for loop without end", "the count hook", "for i = 1, math.huge do end", VB_E_LIMIT, "" },
    { "an iterator without end", "the count hook", "for _ in function() return 1 end do end",
      VB_E_LIMIT, "" },
};

static const struct vector long_calls[] = {
    { "rep of nothing, 2^62 times", "an empty string is answered at once",
      "return (''):rep(4611686018427387904) .. 'done'", VB_OK, "done" },
    { "rep of a byte, 2^62 times", "the string cap, before any work",
      "return ('x'):rep(4611686018427387904)", VB_E_LIMIT, "262144 bytes" },
    { "rep whose size overflows", "checked before the product is made",
      "return ('xxxxxxxx'):rep(2305843009213693952, 'yyyyyyyy')", VB_E_LIMIT, "262144 bytes" },
    { "rep for ever", "string work is charged", "while true do local s = ('x'):rep(262144) end",
      VB_E_LIMIT, "" },
    { "a pattern that tries everything", "no patterns", "return ('a'):rep(3000):match('.-.-.-b')",
      VB_E_SCRIPT, "string.match is not available" },
    { "a pattern in find", "find is plain: this text is not in it",
      "return tostring(('a'):rep(3000):find('.-.-.-.-b'))", VB_OK, "nil" },
    { "gsub, gmatch", "no patterns", "return ('a'):gsub('a', 'b')", VB_E_SCRIPT,
      "string.gsub is not available" },
    { "plain find, long in long, for ever", "the string cap; find is charged",
      "local a, b = ('a'):rep(262144), ('a'):rep(131072) .. 'b'\n"
      "while true do local x = a:find(b, 1, true) end",
      VB_E_LIMIT, "" },
    { "table.move over all integers", "the range is charged first",
      "table.move({}, 1, math.maxinteger - 1, 2)", VB_E_LIMIT, "out of fuel" },
    { "table.move from the least integer", "the range is charged first",
      "table.move({}, math.mininteger, math.maxinteger, -1)", VB_E_LIMIT, "out of fuel" },
    { "table.move past the last integer", "checked", "table.move({}, 1, 2, math.maxinteger)",
      VB_E_SCRIPT, "position out of bounds" },
    { "concat over all integers", "the range is charged first",
      "return table.concat({}, '', 1, math.maxinteger)", VB_E_LIMIT, "out of fuel" },
    { "unpack over all integers", "the range is charged first",
      "return table.unpack({}, math.mininteger, math.maxinteger)", VB_E_LIMIT, "out of fuel" },
    { "unpack 10^8", "the range is charged first, or the stack has a ceiling",
      "return table.unpack({}, 1, 100000000)", VB_E_LIMIT, "" },
    { "unpack at the last integer", "counted without overflow",
      "return tostring(table.unpack({}, math.maxinteger, math.maxinteger))", VB_OK, "nil" },
    { "insert far away", "positions are checked", "table.insert({}, math.maxinteger, 1)",
      VB_E_SCRIPT, "position out of bounds" },
    { "a length that lies", "no metatables: a length is a length",
      "table.insert(setmetatable({}, { __len = function() return math.maxinteger end }), 1)",
      VB_E_SCRIPT, ABSENT("setmetatable") },
    { "upper on long strings for ever", "string work is charged",
      "local s = ('x'):rep(262144) while true do local u = s:upper() end", VB_E_LIMIT, "" },
    { "utf8.len on long strings for ever", "string work is charged",
      "local s = ('x'):rep(262144) while true do utf8.len(s) end", VB_E_LIMIT, "" },
    { "a width of 99999", "two digits at most", "return string.format('%99999d', 1)", VB_E_SCRIPT,
      "two digits" },
    { "a long number to read", "the string cap; reading is charged",
      "local s = ('9'):rep(262144) while true do tonumber(s) end", VB_E_LIMIT, "" },
};

static const struct vector memory[] = {
    { "a string that doubles", "the string cap", "local s = 'x' while true do s = s .. s end",
      VB_E_LIMIT, "262144 bytes" },
    { "a string that grows by a byte", "long strings are charged by size",
      "local s = 'x' while true do s = s .. 'x' end", VB_E_LIMIT, "" },
    { "a table that grows", "one table part has a ceiling",
      "local t = {} while true do t[#t + 1] = true end", VB_E_LIMIT, "grew past" },
    { "many tables", "the memory ceiling",
      "local all = {} while true do local t = {} for i = 1, 1000 do t[i] = {} end\n"
      "all[#all + 1] = t end",
      VB_E_LIMIT, "" },
    { "growth in pcall, for ever", "a refused growth is a verdict, and that stays",
      "local all = {} while true do pcall(function()\n"
      "while true do all[#all + 1] = ('x'):rep(200000) .. #all end end) end",
      VB_E_LIMIT, "" },
    { "strings past the cap in pcall, for ever", "a verdict stays",
      "while true do pcall(string.rep, 'x', 300000) end", VB_E_LIMIT, "262144 bytes" },
    { "garbage at the ceiling", "after a collection an eighth must be free",
      "local all = {} for i = 1, 14 do local t = {} for k = 1, 8000 do t[k] = {} end all[i] = t "
      "end\n"
      "while true do local s = ('x'):rep(100000) end",
      VB_E_LIMIT, "" },
    { "deep recursion", "the stack has a ceiling",
      "local function f(n) return 1 + f(n + 1) end return f(1)", VB_E_LIMIT, "recursion" },
    { "deep recursion in pcall, for ever", "a verdict stays",
      "local function f(n) return 1 + f(n + 1) end while true do pcall(f, 1) end", VB_E_LIMIT,
      "recursion" },
    { "deep recursion through pcall", "Lua's own limit on C calls, and fuel",
      "local n = 0 local function f() n = n + 1 local ok = pcall(f) return ok end f()\n"
      "return n < 1000 and 'ended' or 'deep'",
      VB_OK, "ended" },
    { "weak tables", "no metatables", "setmetatable({}, { __mode = 'k' })", VB_E_SCRIPT,
      ABSENT("setmetatable") },
};

/* A million arguments and results, and sizes at the edges of integers: the holes that other hosts
 * of Lua had in their C functions, kept here so that they stay closed. */
static const struct vector arguments[] = {
    { "select of very many", "the stack has a ceiling",
      "return tostring(select('#', table.unpack({}, 1, 1000000)))", VB_E_SCRIPT,
      "too many results" },
    { "string.char of very many", "the stack has a ceiling",
      "return string.char(table.unpack({}, 1, 900000))", VB_E_LIMIT, "grew past" },
    { "as many as the stack holds", "every function works with them",
      "local t = {} for i = 1, 10000 do t[i] = 65 + i % 26 end\n"
      "local n = #string.char(table.unpack(t)) + #utf8.char(table.unpack(t))\n"
      "n = n + math.max(table.unpack(t)) + math.min(table.unpack(t))\n"
      "n = n + table.pack(table.unpack(t)).n + select('#', table.unpack(t))\n"
      "n = n + select('#', select(-9000, table.unpack(t)))\n"
      "n = n + #{ pcall(select, 2, table.unpack(t)) }\n"
      "n = n + #{ string.byte(string.char(table.unpack(t)), 1, -1) }\n"
      "n = n + #{ utf8.codepoint(string.char(table.unpack(t)), 1, -1) }\n"
      "return tostring(n)",
      VB_OK, "79155" },
    { "byte of a long string", "luaL_checkstack, and the stack has a ceiling",
      "return (('x'):rep(262144)):byte(1, -1)", VB_E_LIMIT, "" },
    { "codepoint of a long string", "luaL_checkstack, and the stack has a ceiling",
      "return utf8.codepoint(('x'):rep(262144), 1, -1)", VB_E_LIMIT, "" },
    { "a function of very many arguments", "the stack has a ceiling",
      "local function f(...) return f(1, ...) end return f()", VB_E_LIMIT, "" },
    { "positions at the edges of integers", "clipped before any arithmetic",
      "local s, low, high = 'abc', math.mininteger, math.maxinteger\n"
      "return s:sub(low, high) .. #{ s:byte(low, high) } .. tostring(s:find('c', low)) .. "
      "tostring(s:find('c', high)) .. s:sub(high, low) .. s:sub(low, low)",
      VB_OK, "abc33nil" },
    { "select at the edges of integers", "checked", "return select(math.mininteger, 1)",
      VB_E_SCRIPT, "out of range" },
    { "a code point that is none", "checked", "return utf8.char(math.mininteger)", VB_E_SCRIPT,
      "not a code point" },
    { "a code point past the text", "checked", "return utf8.codepoint('abc', math.maxinteger)",
      VB_E_SCRIPT, "out of bounds" },
    { "the widest number", "the buffer holds it",
      "return '' .. #string.format('%-99.99f', -1.7976931348623157e308)", VB_OK, "410" },
    { "a division that traps", "checked", "return '' .. math.fmod(math.mininteger, -1)", VB_OK,
      "0" },
    { "a division that traps, by operator", "Lua checks it",
      "return '' .. math.mininteger // -1 % 7", VB_OK, "" },
    { "floats past the integers", "they stay floats",
      "return math.type(math.floor(1e300)) .. tostring(math.tointeger(2^63))", VB_OK, "floatnil" },
};

static const struct vector doors[] = {
    { "os", "not there", "os.exit(1)", VB_E_SCRIPT, ABSENT("os") },
    { "io", "not there", "io.open('/etc/passwd')", VB_E_SCRIPT, ABSENT("io") },
    { "package", "not there", "package.loadlib('libc.so.6', '*')", VB_E_SCRIPT, ABSENT("package") },
    { "debug", "not there", "debug.sethook()", VB_E_SCRIPT, ABSENT("debug") },
    { "load", "not there", "load('return 1')", VB_E_SCRIPT, ABSENT("load") },
    { "string.dump", "not there", "string.dump(function() end)", VB_E_SCRIPT,
      "string.dump is not available" },
    { "collectgarbage", "not there", "collectgarbage('stop')", VB_E_SCRIPT,
      ABSENT("collectgarbage") },
    { "coroutine", "not there", "coroutine.wrap(function() end)()", VB_E_SCRIPT,
      ABSENT("coroutine") },
    { "a forged yield", "not there", "coroutine.yield('done')", VB_E_SCRIPT, ABSENT("coroutine") },
    { "thousands of coroutines that close each other", "not there",
      "coroutine.close(coroutine.create(function() end))", VB_E_SCRIPT, ABSENT("coroutine") },
    { "an xpcall handler that loops", "not there",
      "xpcall(error, function() while true do end end)", VB_E_SCRIPT, ABSENT("xpcall") },
    { "a finaliser that loops", "no metatables",
      "setmetatable({}, { __gc = function() while true do end end })", VB_E_SCRIPT,
      ABSENT("setmetatable") },
    { "a __close that loops", "no metatables",
      "local x <close> = setmetatable({}, { __close = function() while true do end end })",
      VB_E_SCRIPT, ABSENT("setmetatable") },
    { "an error whose __tostring loops", "no metatables; only strings are read",
      "error(setmetatable({}, { __tostring = function() while true do end end }))", VB_E_SCRIPT,
      ABSENT("setmetatable") },
    { "an error that is a table", "its type is told", "error({ 'secret' })", VB_E_SCRIPT,
      "raised a table" },
    { "the metatable of strings", "getmetatable is not there", "getmetatable('').__index = nil",
      VB_E_SCRIPT, ABSENT("getmetatable") },
    { "another upper for everybody", "libraries are sealed", "string.upper = error", VB_E_SCRIPT,
      "string cannot be changed" },
    { "another math", "globals are sealed", "math = nil", VB_E_SCRIPT, "'math' would be a global" },
    { "globals through _ENV", "sealed like the rest", "_ENV.pairs = nil", VB_E_SCRIPT,
      "'pairs' would be a global" },
    { "an _ENV of its own", "it changes only that script's view",
      "local _ENV = { x = 1 } return x == 1 and 'own' or ''", VB_OK, "own" },
    { "_G", "not there", "return _G", VB_E_SCRIPT, ABSENT("_G") },
    { "bytes instead of text", "text only", "\x1bLua\x54\x00", VB_E_SCRIPT, "" },
    { "wrong bitwise results in functions of many constants", "no bitwise operators",
      "return 1 ~ (2 or 3)", VB_E_SCRIPT, "bitwise operators are not available" },
};

static const struct vector chance[] = {
    { "addresses in tostring", "a type name instead",
      "return tostring({}) .. tostring(print == nil and {} or pcall)", VB_E_SCRIPT,
      ABSENT("print") },
    { "addresses of functions", "a type name instead",
      "return tostring({}) .. tostring(pcall) .. tostring(function() end)", VB_OK,
      "tablefunctionfunction" },
    { "addresses in format", "%p is not there", "return string.format('%p', {})", VB_E_SCRIPT,
      "not available" },
    { "addresses in %s", "%s takes what has one spelling", "return string.format('%s', {})",
      VB_E_SCRIPT, "not a table" },
    { "addresses in errors", "Lua names the variable",
      "local ok, why = pcall(function() local t = {} return t + 1 end) return why", VB_OK,
      "attempt to perform arithmetic on a table value (local 't')" },
    { "the order of a hash table", "pairs is sorted",
      "local t, out = {}, {} for i = 1, 50 do t['k' .. i] = i end\n"
      "for k in pairs(t) do out[#out + 1] = k end return table.concat(out, ' ', 1, 5)",
      VB_OK, "k1 k10 k11 k12 k13" },
    { "next", "not there", "return next({ a = 1 })", VB_E_SCRIPT, ABSENT("next") },
    { "keys without an order", "refused", "for k in pairs { [{}] = 1 } do end", VB_E_SCRIPT,
      "pairs cannot order a key that is a table" },
    { "math.random", "not there", "return math.random()", VB_E_SCRIPT,
      "math.random is not available" },
    { "sines", "not there: machines may round them differently", "return math.sin(1)", VB_E_SCRIPT,
      "math.sin is not available" },
};

static const struct {
    const char *name;
    const struct vector *vectors;
    size_t count;
} groups[] = {
    { "endless", endless, sizeof endless / sizeof endless[0] },
    { "long calls", long_calls, sizeof long_calls / sizeof long_calls[0] },
    { "memory", memory, sizeof memory / sizeof memory[0] },
    { "arguments", arguments, sizeof arguments / sizeof arguments[0] },
    { "doors", doors, sizeof doors / sizeof doors[0] },
    { "chance", chance, sizeof chance / sizeof chance[0] },
};
enum { GROUPS = sizeof groups / sizeof groups[0] };

#endif
