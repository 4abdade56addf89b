-- Lua at work: files in the directory arg[1], strings, errors through pcall (setjmp and longjmp), coroutines, closures,
-- garbage collection. Prints the same lines wherever it runs.
local dir = arg[1]

local function heading(name)
  print("-- " .. name)
end

-- Results of pcall, with the script's name in messages and not where it lies.
local function show(...)
  local shown = table.pack(...)
  for i = 1, shown.n do
    shown[i] = tostring(shown[i]):gsub("%S*script%.lua", "script.lua")
  end
  print(table.concat(shown, "\t"))
end

heading("files")
local path = dir .. "/numbers.txt"
local file = assert(io.open(path, "w"))
for i = 1, 1000 do
  file:write(i * i, "\n")
end
file:close()
local sum, count = 0, 0
for line in io.lines(path) do
  sum, count = sum + tonumber(line), count + 1
end
print(count, sum)
file = assert(io.open(path, "r+"))
print(file:seek("end"))
file:seek("set", 2)
file:write("X")
file:seek("set", 0)
print(file:read("l", "l", "n"))
file:close()
file = assert(io.open(path, "rb"))
print(#file:read("a"), file:read("a"), file:read(1))
file:close()
print(os.rename(path, dir .. "/renamed.txt"))
local missing, message, code = io.open(path)
print(missing, message:match("[^:]+$"), code ~= nil)
print(os.remove(dir .. "/renamed.txt"))
print((select(2, os.remove(dir .. "/renamed.txt"))):match("[^:]+$"))

heading("strings")
print(("hello world"):gsub("o", "0"))
print(("key = value; other=thing"):match("(%w+)%s*=%s*(%w+)"))
for key, value in ("a=1, b=2, c=3"):gmatch("(%w)=(%d)") do
  io.write(key, value, " ")
end
print()
print(string.format("%5.2f|%-8s|%08x|%q", math.pi, "left", 48879, 'quo"te\n'))
print(("x"):rep(5, "-"), ("abc"):reverse(), ("%d+"):len(), ("straße"):upper())
print(utf8.char(228, 8364, 128512), utf8.len("äöü"), #"äöü")
print(table.concat({ 1, 2, 3 }, "+"), select("#", table.unpack({ 1, 2, nil, 4 }, 1, 4)))
print(string.pack("<i4", 1000):byte(1, -1))

heading("errors")
print(pcall(error, { code = 42 }) == false)
show(pcall(function() error("plain") end))
show(pcall(function() error("level two", 2) end))
show(pcall(function() local nothing; return nothing.field end))
show(pcall(function() return 1 + {} end))
print(select("#", pcall(error)))
print(xpcall(function() error("handled", 0) end, function(text) return "handler saw " .. text end))
local depth = 0
local function nest(n)
  local ok, text = pcall(function()
    if n == 0 then
      error("bottom", 0)
    end
    depth = depth + 1
    error(nest(n - 1) .. ".", 0)
  end)
  return text
end
print(nest(50), depth)
local failures = 0
for i = 1, 100000 do
  if not pcall(error, i) then
    failures = failures + 1
  end
end
print(failures)
local function endless() return 1 + endless() end
local ok, text = pcall(endless)
print(ok, text:match("stack overflow") or text)
print(load("return 1 +"))
print(load("return 6 * 7")())
do
  local trace = {}
  local guard = setmetatable({}, { __close = function(_, reason) trace[#trace + 1] = tostring(reason) end })
  pcall(function()
    local closed <close> = guard
    error("closing", 0)
  end)
  print(trace[1])
end

heading("coroutines")
local function primes(limit)
  return coroutine.wrap(function()
    local composite = {}
    for n = 2, limit do
      if not composite[n] then
        coroutine.yield(n)
        for multiple = n * n, limit, n do
          composite[multiple] = true
        end
      end
    end
  end)
end
local list = {}
for prime in primes(100) do
  list[#list + 1] = prime
end
print(#list, list[#list])
local thread = coroutine.create(function(a)
  local b = coroutine.yield(a + 1)
  error("inside " .. b, 0)
end)
print(coroutine.resume(thread, 1))
print(coroutine.resume(thread, "x"))
print(coroutine.status(thread), coroutine.resume(thread))
print(pcall(coroutine.wrap(function() pcall(coroutine.yield, 1); error("after a yield across pcall", 0) end)))
local pipeline = 0
for i = 1, 10000 do
  local step = coroutine.wrap(function(x) x = coroutine.yield(x + 1); return x * 2 end)
  pipeline = pipeline + step(i) + step(i)
end
print(pipeline)

heading("numbers and tables")
print(7 // 2, -7 // 2, 7 % -3, 7 / 2, 2 ^ 53, 1 << 62, 3 | 8, math.maxinteger + 1 == math.mininteger)
print(10 // 0.0, -10 % math.huge, 0x7fffffffffffffff, 1e15, 123456789012345678)
local words = { "pear", "fig", "apple", "date" }
table.sort(words, function(a, b) return #a < #b or (#a == #b and a < b) end)
print(table.concat(words, " "))
local counted = setmetatable({}, { __index = function(t, k) t[k] = k * k; return t[k] end })
print(counted[12], rawget(counted, 13), #{ n = 1, 1, 2, 3 })

heading("garbage")
local before = collectgarbage("count")
local rubbish = {}
for i = 1, 100000 do
  rubbish[i] = { i, tostring(i) }
end
print(collectgarbage("count") > before + 1000)
rubbish = nil
collectgarbage()
collectgarbage()
print(collectgarbage("count") < before + 1000)
print(os.time({ year = 2000, month = 1, day = 1, hour = 12 }) > 0, os.getenv("NOWHERE"), type(os.clock()))
os.exit(7, true)
