// The languages whose structure decides a rule, and which of them a file is written in.
#pragma once

#include <string_view>

namespace hfscan {

enum class Language {
  text,  // no structure is known
  python,
  javascript,  // and TypeScript, JSX, TSX
  json,        // and JSON with comments
  yaml,
  shell,  // sh, bash, zsh, and close enough for fish
  powershell,
  batch,
  dockerfile,
  makefile,
  dotenv,
  ini,  // and git config, systemd units, .cfg, properties
  netrc,
  toml,
  hcl,
  groovy,
  notebook,
  markdown,
  restructured_text,
  html,
  nix,
};

// From the last component of the path (and a few folders), else from a `#!` line at the start of the text.
Language language_of(std::string_view path, std::string_view text);

// The language that the info string of a fenced code block, a `%%` cell magic or a `code-block` directive names; `text` when it
// is none of ours. "bash" and "console" are shell, "jsonc" is json, "yml" is yaml ...
Language language_named(std::string_view name);

}  // namespace hfscan
