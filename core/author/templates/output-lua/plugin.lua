-- @NAME@.lua - an output of verbond: a file for each round, in a folder (README.md).
local v <const> = require "verbond"

local folder -- where the files go

-- What can never be taken. A reason is kept and shown, so no word of an answer is in it.
local function refuse(result)
  if type(result) ~= "table" or result.schema ~= "verbond.result/1" then
    return "it is no verbond.result/1"
  end
  local round = result.round
  if type(round) ~= "string" or #round < 1 or #round > 64 then
    return "its round has no name that a file can have"
  end
  for i = 1, #round do
    if not ("abcdefghijklmnopqrstuvwxyz0123456789"):find(round:sub(i, i)) then
      return "its round has no name that a file can have"
    end
  end
end

-- The revision that the file holds; 0: there is no such file, or it is none of ours.
local function revision_there(file, host)
  local there = host.parse(file:read() or "")
  return type(there) == "table" and math.type(there.revision) == "integer" and there.revision or 0
end

return v.output {
  api = 1,
  name = "@NAME@",
  summary = "a file for each round, in a folder",
  options = {
    {
      name = "folder",
      type = "path",
      required = true,
      example = "rounds",
      help = "where the files go; made where there is none, but not what lies above it",
    },
  },

  open = function(host)
    folder = host.folder "folder"
  end,

  -- A disk that does not do it means retry, without a word about it here. A later revision takes the
  -- place of what the round had before: what somebody took back is not to stay. An earlier one that
  -- comes late changes nothing.
  deliver = function(delivery, host)
    local result = delivery.result
    local refused = refuse(result)
    if refused then
      return "rejected", refused
    end
    local file = folder:file(result.round .. ".json")
    if math.type(result.revision) == "integer" and revision_there(file, host) > result.revision then
      return "delivered"
    end
    file:replace(host.json(result) .. "\n")
    return "delivered"
  end,
}
