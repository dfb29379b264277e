// What names stand for in Python, JavaScript and Groovy (and HCL's attributes): assignments, loop variables, functions with
// their parameters, imports. Read from the statements of a CodeTree; separate from code.h because configuration languages need
// none of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "syntax/code.h"

namespace hfscan {

// token = v, token: str = v, a = b = v (two, each with v), a, b = v (two, each with the whole v), self.token = v,
// env["HF_TOKEN"] = v, const x = v, const { a, b: c } = v (targets a and c), x += v, (x := v). `name: type` in Python has no
// value. Keyword arguments and default values are none.
struct CodeAssignment {
  std::string target;              // "token", "self.token"; of os.environ["X"] = v: "os.environ"
  std::optional<std::string> key;  // "X", decoded, when the target is a subscript by a string
  ByteSpan target_span;            // with the subscript
  TokenRange annotation;           // what stands between ':' and '='
  TokenRange value;
  ByteSpan value_span;
  std::uint32_t token = 0;        // the first token of the target; the bracket of (a, b) = v and { a } = v
  std::uint32_t indentation = 0;  // bytes before the first token of its line
};

// Of a statement with more targets than this the rest is left out, so that looking at every value stays linear.
constexpr std::size_t kMaxTargets = 64;

// In the order of the text. In JavaScript and Groovy a value goes on over a line end after or before an operator.
std::vector<CodeAssignment> assignments_of(const CodeTree& tree);

// for token in tokens; for (const token of tokens); for (x in xs). Also those of Python's comprehensions.
struct LoopVariable {
  std::string_view name;
  ByteSpan name_span;
  TokenRange iterable;
  bool comprehension = false;
};
std::vector<LoopVariable> loop_variables_of(const CodeTree& tree);

// def f(...), lambda x: ..., function f(...), (a, b) => ..., x => ...; Groovy's def f(...).
struct CodeFunction {
  std::string_view name;              // empty for lambdas and arrow functions
  ByteSpan span;                      // from its first token to its parameters' end
  std::vector<CodeEntry> parameters;  // one without a default or an annotation has no name but is the value
  std::uint32_t indentation = 0;
};
std::vector<CodeFunction> functions_of(const CodeTree& tree);

// The name that a parameter binds.
std::string_view parameter_name(const CodeTree& tree, const CodeEntry& parameter);

// import a.b as c; from m import x as y; import { A as B } from "m"; import D from "m"; const { A } = require("m").
struct CodeImport {
  std::string module;  // "huggingface_hub"
  std::string name;    // what is taken out of it; empty for the module itself
  std::string alias;   // the name it has here
  ByteSpan span;       // of the name as written
};
std::vector<CodeImport> imports_of(const CodeTree& tree);

}  // namespace hfscan
