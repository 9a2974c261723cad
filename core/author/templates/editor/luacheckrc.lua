-- What instruments may use of Lua, for luacheck: the names that verbond has and no others.
-- Run it in this folder: luacheck .
std = {
  read_globals = {
    "assert", "error", "ipairs", "pairs", "pcall", "require", "select", "tonumber", "tostring",
    "type",
    math = { fields = {
      "abs", "ceil", "floor", "fmod", "huge", "max", "maxinteger", "min", "mininteger", "modf",
      "pi", "sqrt", "tointeger", "type",
    } },
    string = { fields = {
      "byte", "char", "find", "format", "len", "lower", "rep", "reverse", "sub", "upper",
    } },
    table = { fields = {
      "concat", "insert", "move", "pack", "remove", "sort", "unpack",
    } },
    utf8 = { fields = {
      "char", "codepoint", "codes", "len",
    } },
  },
}
exclude_files = { "verbond.d.lua" }
max_line_length = false -- a text stands in one line, however long it is
