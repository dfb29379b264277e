// What a shell command writes into a file, and whether a token is in it. Separate from the rules that tell apart which file it
// is: variables of later steps (HF3006) or a file of the workspace (HF3012).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "hygiene/file_view.h"

namespace hfscan {

// A redirection, or a file that `tee` gets, with the commands whose output ends up there.
struct ShellSink {
  ByteSpan span;  // from the command to the target
  std::string_view target;
  std::vector<const ShellCommand*> writers = {};
  bool has_more_writers = false;  // than are listed
};

// Of a piece in a shell's language. Linear but for groups in groups.
[[nodiscard]] std::vector<ShellSink> sinks_of(const ShellScript& script);

// Whether the piece is a text of commands.
[[nodiscard]] bool is_script(const Piece& piece);

enum class TokenName {
  counts,       // NAME=value with a token's NAME is enough
  is_no_proof,  // only a value counts
};

// Whether one of the writers prints a token.
[[nodiscard]] bool writes_token(const Piece& piece, const ShellScript& script, const ShellSink& sink, TokenName name);

}  // namespace hfscan
