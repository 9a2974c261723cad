
-- What flow(s) is given.

---Somebody in the round.
---@class verbond.person
---@field id string # role:Name, as in answer files
---@field role string
---@field label? string # the name that was given
---@field form? string

---What a flow asks with and looks at.
---@class verbond.s
---@field role string # who answers
---@field me verbond.person # who answers
---@field members verbond.person[] # the roster
---@field form? string # the form that was chosen
---@field format? string # the set of answers of this round
---@field variant? string
---@field language string # the person's own
local s = {}

---Asks an item and gives its answer; nil when there is none. Once at most for each item, or member.
---@param id string
---@param member? verbond.person|string
---@return any
function s:ask(id, member) end

---Why an item has no answer: "skipped", "dont_know", "rather_not_say" and so on; nil when it has one.
---@param id string
---@param member? verbond.person|string
---@return string?
function s:reason(id, member) end

---Shows a message.
---@param text verbond.text|string
function s:say(text) end

---What this person answered in an earlier round of the case; nil when nothing.
---@param id string
---@param wave? string
---@return any
function s:earlier(id, wave) end
