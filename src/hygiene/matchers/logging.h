// The matchers of the rules about logs (HF6), and what is a log: shared by the files of this family.
#pragma once

#include <functional>

#include "hygiene/matcher.h"
#include "syntax/code.h"

namespace hfscan {

void logged_by_shell(const FileCheck& check);     // HF6003
void traced_by_shell(const FileCheck& check);     // HF6005
void logged_environment(const FileCheck& check);  // HF6006
void logged_options(const FileCheck& check);      // HF6007

// print(...), logger.info(...), raise ValueError(...), st.write(...); console.log(...), alert(...).
[[nodiscard]] bool is_log_call(Language language, const CodeCall& call);

using LogCallVisitor = std::function<void(const Piece& piece, const CodeTree& tree, const CodeCall& call)>;
// Every such call in the pieces of this language. What is printed to a file is none.
void for_each_log_call(FileView& file, Language language, const LogCallVisitor& visit);

// What the command prints is seen by people: it is not piped, written to a file or taken in by a substitution, and neither is
// that of the groups around it.
[[nodiscard]] bool is_shown(const ShellScript& script, const ShellCommand& command);

// The name of an expanded variable without PowerShell's `env:` and the context of a workflow's expression.
[[nodiscard]] std::string_view plain_name(const ShellPart& part);

// $HF_TOKEN, ${HF_TOKEN:-x}, %HF_TOKEN%, ${{ secrets.HF_TOKEN }}: what the command gets is the token. Not its length, and not a
// text instead of it.
[[nodiscard]] bool expands_token(const ShellPart& part);

}  // namespace hfscan
