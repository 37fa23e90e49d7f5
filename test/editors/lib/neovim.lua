-- Drives Neovim's own LSP client, and writes what a person would have seen as JSON to $SEEN.
local seen = { steps = {} }
local folder, server = vim.env.FOLDER, vim.env.SERVER

local function wait(what, is_there)
  if not vim.wait(20000, is_there, 20) then error('waited in vain for ' .. what) end
end
local function codes()
  return vim.tbl_map(function(d) return d.code end, vim.diagnostic.get(0))
end
local function has(code) return vim.tbl_contains(codes(), code) end
local function text() return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, true), '\n') .. '\n' end
local function changed(before) return function() return text() ~= before end end
local function step(name, value) seen.steps[name] = value end

vim.ui.open = function(uri)
  step('explained', uri)
  return { wait = function() return { code = 0 } end }
end

local function run()
  vim.lsp.config('dockwright', {
    cmd = { vim.env.NODE, server, 'lsp', '--stdio' },
    filetypes = { 'dockerfile' },
    root_markers = { '.dockwright.yaml', '.git' },
  })
  vim.lsp.enable('dockwright')
  vim.cmd.edit(folder .. '/Dockerfile')
  wait('ShellCheck', function() return has('SC2086') end)
  step('found', codes())

  local client = vim.lsp.get_clients({ bufnr = 0 })[1]
  step('server', client.server_info)
  for _, d in ipairs(vim.diagnostic.get(0)) do
    if d.code == 'apt-get-install-without-yes' then
      step('emoji', text():sub(0, -1):match('[^\n]*apt%-get[^\n]*'):sub(d.col + 1, d.end_col))
      vim.api.nvim_win_set_cursor(0, { d.lnum + 1, d.col })
    end
  end

  local before = text()
  vim.lsp.buf.code_action({ apply = true, filter = function(a) return a.title == 'Add -y' end })
  wait('the quick fix', changed(before))
  step('fixed', text())
  vim.lsp.buf.code_action({ apply = true, filter = function(a) return vim.startswith(a.title, 'Explain') end })
  wait('the page', function() return seen.steps.explained ~= nil end)

  -- The menu without a kind has what is for the whole file.
  before = text()
  vim.lsp.buf.code_action({ apply = true, filter = function(a) return a.title == 'Fix all safe problems' end })
  wait('all fixes', changed(before))
  step('fixedAll', text())

  -- A configuration that is edited and saved counts at once.
  wait('the USER', function() return has('final-stage-runs-as-root') end)
  vim.cmd.split(folder .. '/.dockwright.yaml')
  vim.api.nvim_buf_set_lines(0, 0, -1, true, { 'ignore: [final-stage-runs-as-root]' })
  vim.cmd.write()
  vim.cmd.close()
  wait('the configuration', function() return not has('final-stage-runs-as-root') end)
  vim.fn.delete(folder .. '/.dockwright.yaml')
  wait('its end', function() return has('final-stage-runs-as-root') end)

  before = text()
  vim.lsp.buf.code_action({ apply = true, context = { only = { 'source.harden' }, diagnostics = {} } })
  wait('Harden', changed(before))
  step('hardened', text())
  step('mode', vim.lsp.get_clients({ bufnr = 0 })[1].offset_encoding)

  client:exec_cmd({
    title = 'ignore',
    command = 'dockwright.server.createDockerignore',
    arguments = { vim.uri_from_bufnr(0) },
  })
  wait('the .dockerignore', function() return vim.fn.bufnr(folder .. '/.dockerignore') > 0 end)
  wait('its text', function()
    local buffer = vim.fn.bufnr(folder .. '/.dockerignore')
    return table.concat(vim.api.nvim_buf_get_lines(buffer, 0, -1, true), '\n'):find('.env', 1, true)
  end)
  step('ignored', true)
end

local ok, problem = pcall(run)
if not ok then seen.problem = problem end
seen.messages = vim.api.nvim_exec2('messages', { output = true }).output
vim.fn.writefile({ vim.json.encode(seen) }, vim.env.SEEN)
vim.cmd('qa!')
