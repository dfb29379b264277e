// Prompts of interactive shells, as documentation shows them.
#pragma once

#include <string_view>

namespace hfscan {

// Bytes up to the command of a line that starts with a prompt: `$ `, `% `, `❯ `, `>>> `, `(venv) $ `, `user@host:~/folder$ `,
// `[user@host folder]# `; else 0. A lone `# ` is a comment and `> ` is a redirection or a continuation: neither counts.
std::size_t shell_prompt_length(std::string_view line);

// Whether the whole of `word` is a prompt: `$`, `%`, `❯`, `➜`, `>>>`.
bool is_shell_prompt(std::string_view word);

}  // namespace hfscan
