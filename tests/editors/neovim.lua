-- What somebody does in Neovim, and what they see. It is started in a folder with a lexicon, and with the
-- configuration of the README. What is wrong is written to standard error, and ends it with status 1.
local passed = 0

local function fail(what, got)
  io.stderr:write("FAILED: " .. what .. ": " .. vim.inspect(got) .. "\n")
  vim.cmd("cquit 1")
end

-- Waits until something is as expected.
local function expect(what, get, expected)
  local got
  local found = vim.wait(20000, function()
    got = get()
    return vim.deep_equal(got, expected)
  end, 20)
  if not found then
    fail(what .. ", expected " .. vim.inspect(expected), got)
  end
  passed = passed + 1
  io.stdout:write("ok: Neovim: " .. what .. "\n")
end

local function line(number)
  return vim.api.nvim_buf_get_lines(0, number - 1, number, false)[1]
end

-- The rule, the words and the gravity of each diagnostic of this buffer.
local function shown(buffer)
  local found = {}
  for _, it in ipairs(vim.diagnostic.get(buffer or 0)) do
    local text = vim.api.nvim_buf_get_lines(buffer or 0, it.lnum, it.lnum + 1, false)[1]
    local code = it.code or it.user_data.lsp.code
    local words = it.lnum == it.end_lnum and text:sub(it.col + 1, it.end_col) or "…"
    table.insert(found, code .. ": " .. words .. ": " .. vim.diagnostic.severity[it.severity])
  end
  table.sort(found)
  return found
end

local function keys(typed)
  vim.api.nvim_feedkeys(vim.api.nvim_replace_termcodes(typed, true, false, true), "tx", false)
end

-- Puts the cursor on the first of some words.
local function go(words)
  for number, text in ipairs(vim.api.nvim_buf_get_lines(0, 0, -1, false)) do
    local at = text:find(words, 1, true)
    if at then
      vim.api.nvim_win_set_cursor(0, { number, at - 1 })
      return
    end
  end
  fail("there is no " .. words, vim.api.nvim_buf_get_lines(0, 0, -1, false))
end

local function choose(title)
  local offered = {}
  vim.ui.select = function(items, options, choice)
    for index, item in ipairs(items) do
      local shown_as = options.format_item and options.format_item(item) or item
      table.insert(offered, shown_as)
      if shown_as == title then
        return choice(item, index)
      end
    end
    choice(nil, nil)
  end
  vim.lsp.buf.code_action()
  return offered
end

local function floating()
  for _, window in ipairs(vim.api.nvim_list_wins()) do
    if vim.api.nvim_win_get_config(window).relative ~= "" then
      return vim.api.nvim_buf_get_lines(vim.api.nvim_win_get_buf(window), 0, 1, false)[1]
    end
  end
end

local function labels(wanted)
  local params = vim.lsp.util.make_position_params(0, "utf-16")
  local found = {}
  for _, answer in pairs(vim.lsp.buf_request_sync(0, "textDocument/completion", params, 20000) or {}) do
    for _, item in ipairs((answer.result or {}).items or {}) do
      if vim.tbl_contains(wanted, item.label) then
        table.insert(found, item.label)
      end
    end
  end
  table.sort(found)
  return found
end

-- A draft.
vim.cmd("edit late.md")
local draft = vim.api.nvim_get_current_buf()
expect("a finding right behind an emoji", shown, { "command.you-must: You must: WARN" })
keys("o😀😀 No<Esc>")
keys("a problem!<Esc>")
expect("a finding in what is typed", shown, { "command.you-must: You must: WARN", "thanks.no-problem: No problem: WARN" })
go("must")
choose('Say "Please"')
expect("a quick fix right behind an emoji", function() return line(1) end, "😀 Please pay today.")
expect("the finding is gone", shown, { "thanks.no-problem: No problem: WARN" })
go("problem")
choose("Allow thanks.no-problem here")
expect("a comment that lets a finding stand", shown, {})
expect("the comment", function() return line(2) end, "😀😀 No problem! <!-- replylint: allow thanks.no-problem -->")

-- The lexicon, which is not saved.
vim.cmd("edit replylint.toml")
expect("a lexicon without problems", shown, {})
keys("Go<CR>[avoid.ours.pay]<CR>phrase = [\"😀 pay (today\"]<Esc>")
expect("problems of a lexicon", shown, { "unbalanced-bracket: (: ERROR", "unknown-key: phrase: ERROR" })
go("(today")
keys("x")
go("phrase =")
keys("eas<Esc>")
keys("ocas<Esc>")
expect("keys are offered", function() return labels({ "case", "phrases", "any" }) end, { "case" })
keys("cc<Esc>")
go("😀 pay")
keys("cf @modal <Esc>")
expect("a problem is mended", shown, { "missing-examples: [avoid.ours.pay]: WARN" })
keys("Go<CR>[adjust.]<Esc>")
expect("rules are offered", function() return labels({ "command.you-must", "ours.pay" }) end, { "command.you-must" })
keys("cc[adjust.command.you-must]<CR>level = \"off\"<Esc>")
expect("a whole lexicon again", shown, { "missing-examples: [avoid.ours.pay]: WARN" })
go("you-must")
vim.lsp.buf.hover()
expect("a rule is explained", floating, "command.you-must (to avoid, off)")
keys("<Esc>")
vim.cmd("only")
vim.lsp.buf.definition()
expect("a rule that is built in is shown", function()
  return { vim.fn.expand("%:t"), vim.api.nvim_get_current_line() }
end, { "command.toml", "[avoid.command.you-must]" })
expect("nobody may write there", function() return vim.bo.readonly end, true)
vim.cmd("buffer replylint.toml")
go("modal pay")
vim.lsp.buf.definition()
expect("a group is shown", function() return vim.api.nvim_get_current_line() end, 'modal = ["must", "have to"]')

-- Drafts are linted with it, though it is not saved.
vim.cmd("buffer late.md")
keys("ggcG😀 You must pay today.<Esc>")
expect("the draft follows the lexicon", shown, { "ours.pay: must pay today: WARN" })
io.stdout:write(passed .. " passed in Neovim, 0 failed\n")
vim.cmd("qall!")
