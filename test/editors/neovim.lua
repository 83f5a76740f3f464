-- Drives Neovim as a person would, with the recipe of docs/other-editors.md as its configuration. Prints a line
-- for each check; scripts/editor-tests.mjs counts them. Neovim 0.7 to 0.12.
local LIMIT_MS = 20000

--- What is not as it should be ends the test: the rest would only wait for it.
local STOP = {}

local function report(isOk, name, detail)
  local line = (isOk and 'ok - ' or 'not ok - ') .. name
  io.stdout:write(line .. (isOk and '' or ': ' .. vim.inspect(detail)) .. '\n')
  if not isOk then error(STOP) end
end

--- Waits for a condition; `seen` says what there was instead.
local function check(name, condition, seen)
  report(vim.wait(LIMIT_MS, condition, 20), name, seen and seen() or nil)
end

--- `line:column code` of what is shown, in bytes from 1, as Neovim counts.
local function shown()
  local found = {}
  for _, each in ipairs(vim.diagnostic.get(0)) do
    local code = each.code or (each.user_data and each.user_data.lsp and each.user_data.lsp.code)
    table.insert(found, string.format('%d:%d %s %s', each.lnum + 1, each.col + 1, each.source, code))
  end
  table.sort(found)
  return found
end

local function shows(...)
  local wanted = { ... }
  return function() return vim.deep_equal(shown(), wanted) end
end

local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n') end

--- Puts the cursor on a word.
local function go(word) vim.fn.search('\\V' .. word, 'cw') end

--- Chooses an action from the menu of code actions.
local function choose(title)
  local offered
  vim.ui.select = function(items, options, choose_one)
    offered = {}
    for _, item in ipairs(items) do
      local label = options.format_item(item)
      table.insert(offered, label)
      if label:find(title, 1, true) then return choose_one(item, #offered) end
    end
    choose_one(nil)
  end
  vim.lsp.buf.code_action()
  check('offers: ' .. title, function()
    return offered ~= nil and offered[#offered]:find(title, 1, true) ~= nil
  end, function() return offered end)
end

local function body()
  vim.cmd('edit app.js')
  check('shows findings where they are, also behind other letters',
    shows('2:45 countersign transport/tls-verify-off', '3:21 countersign injection/eval-dynamic'), shown)

  go('rejectUnauthorized')
  choose('Check certificates')
  check('applies a fix', function() return not text():find('rejectUnauthorized') end, text)
  check('takes back what was fixed', shows('3:21 countersign injection/eval-dynamic'), shown)

  go('eval')
  choose('for this line')
  check('asks for the reason of a suppression',
    shows('3:1 countersign suppression/no-reason', '4:21 countersign injection/eval-dynamic'), shown)
  go('-- ')
  vim.cmd('normal! A' .. 'run by its author only')
  check('suppresses with a reason', shows(), shown)
  go('run by')
  vim.cmd('normal! D')
  check('finds it again when the reason is gone',
    shows('3:1 countersign suppression/no-reason', '4:21 countersign injection/eval-dynamic'), shown)
  vim.cmd('normal! A' .. 'run by its author only')
  check('is quiet again', shows(), shown)
  vim.cmd('write')
  report(table.concat(vim.fn.readfile('app.js'), '\n') == text(), 'saves it', vim.fn.readfile('app.js'))

  vim.cmd('edit other.ts')
  check('shows what the configuration of the root leaves', shows('1:1 countersign injection/eval-dynamic'), shown)
  vim.fn.writefile({ '{ "ignore": ["other.ts"] }' }, '.countersignrc.json')
  vim.cmd('write')
  check('reads the configuration again', shows(), shown)
  vim.fn.writefile({ '{}' }, '.countersignrc.json')
  vim.cmd('write')
  check('and again', shows('1:1 countersign injection/eval-dynamic'), shown)

  local clients = (vim.lsp.get_clients or vim.lsp.get_active_clients)()
  report(#clients == 1, 'has one server for all files', clients)
  local client = clients[1]
  client.config.settings.countersign.enable = false
  client.settings = client.config.settings
  local params = { settings = client.config.settings }
  if vim.fn.has('nvim-0.11') == 1 then
    client:notify('workspace/didChangeConfiguration', params)
  else
    client.notify('workspace/didChangeConfiguration', params)
  end
  check('obeys settings', shows(), shown)
end

local isOk, problem = xpcall(body, function(problem)
  return problem == STOP and STOP or debug.traceback(problem)
end)
if not isOk and problem ~= STOP then io.stdout:write('not ok - no error of the test: ' .. problem .. '\n') end
vim.cmd('qall!')
