// The expressions `${{ ... }}` of GitHub Actions and the contexts they read. Separate from the workflow reader because they
// stand in scripts, conditions and inputs alike, and in YAML that is no workflow. Source: GitHub's documentation, "Evaluate
// expressions in workflows and actions" and "Contexts reference".
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/location.h"

namespace hfscan {

struct GhaExpression {
  ByteSpan span;  // from `$` to the closing brace
  ByteSpan body;  // between the braces
};

// One use of a context: `secrets.HF_TOKEN`, `secrets['HF_TOKEN']`, `github.event.pull_request.head.ref`, `toJSON(secrets)`.
struct GhaReference {
  std::string context;  // in lower case: "secrets", "vars", "github", "env", "inputs", "matrix" ...
  std::string path;     // names as written, joined by '.'; "*" for a filter or a computed index; empty: the whole context
  ByteSpan span;

  // Any member may be meant: the whole context, `.*`, or a computed name.
  [[nodiscard]] bool is_whole_context() const { return path.empty() || path == "*"; }
};

// In order. `}}` inside a single-quoted string does not close, unless a quote is missing; an expression that is never closed is
// none. Linear.
std::vector<GhaExpression> find_expressions(std::string_view text);

// The references of one expression without `${{ }}`, as an `if:` may be written. Spans count from `offset`.
std::vector<GhaReference> references_of_expression(std::string_view body, std::uint64_t offset = 0);

// The references of all `${{ }}` in a text, with spans in that text.
std::vector<GhaReference> find_references(std::string_view text);

}  // namespace hfscan
