// Readers of PowerShell and of batch files, good enough to see commands, their words and variables. They give the same
// structures as the reader of sh, flat: what stands in blocks, parentheses and subexpressions is read as commands without a
// parent.
//
// Source: about_Parsing, about_Quoting_Rules and about_Special_Characters of PowerShell 7; the help of cmd.exe's set and
// setlocal.
#pragma once

#include <string_view>

#include "syntax/shell.h"

namespace hfscan {

// `$name = value` and `$env:NAME = value` are assignments: `name` is "name" or "env:NAME", the word is the first of the value.
// Variables are parts named the same way. Here-strings are words. Limits and linear time as for read_shell.
ShellScript read_powershell(std::string_view text);

// `set NAME=value` and `set "NAME=value"` are assignments besides the word `set`; the value reaches to the end of the command.
// Variables `%NAME%`, `%NAME:~0,4%` and `!NAME!` are parts, `%1` is none. `^` escapes and continues lines; `rem` and `::` begin
// comments.
ShellScript read_batch(std::string_view text);

}  // namespace hfscan
