#include "syntax/bindings.h"

#include <gtest/gtest.h>

#include "code_support.h"

namespace hfscan {
namespace {

using Strings = std::vector<std::string>;

// "target[key] <- value" of every assignment.
Strings assigned(std::string_view text, Language language) {
  const CodeTree tree = read_code(text, language);
  Strings out;
  for (const CodeAssignment& assignment : assignments_of(tree)) {
    std::string line = assignment.target;
    if (assignment.key) line += "[" + *assignment.key + "]";
    out.push_back(line + " <- " + std::string(tree.spelled(assignment.value_span)));
  }
  return out;
}

TEST(Assignments, PythonStatements) {
  EXPECT_EQ(assigned("token = os.getenv('X')  # why\nself.token: str = t\nenv[\"HF_TOKEN\"] = a\nos.environ['X'] = b\n"
                     "a = b = f(1,\n  2)\nc, (d, e.f) = g\nif x: y = 1\nx += 'z'\nf(k=1)\nq == 2\nname: Optional[str]\n",
                     Language::python),
            (Strings{"token <- os.getenv('X')", "self.token <- t", "env[HF_TOKEN] <- a", "os.environ[X] <- b",
                     "a <- f(1,\n  2)", "b <- f(1,\n  2)", "c <- g", "d <- g", "e.f <- g", "y <- 1", "x <- 'z'", "name <- "}));
}

TEST(Assignments, PythonWalrus) {
  EXPECT_EQ(assigned("if token := get_token(): pass\nprint((t := f(1)), 2)\n", Language::python),
            (Strings{"token <- get_token()", "t <- f(1)"}));
}

TEST(Assignments, AnnotationsAndIndentationAreKept) {
  const std::string text = "class A:\n    token: str = x\n";
  const CodeTree tree = read_code(text, Language::python);
  const std::vector<CodeAssignment> found = assignments_of(tree);
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(tree.spelled(tree.span(found[0].annotation)), "str");
  EXPECT_EQ(found[0].indentation, 4U);
  EXPECT_EQ(tree.spelled(found[0].target_span), "token");
}

TEST(Assignments, AnInterpolatedKeyIsNoKey) {
  EXPECT_EQ(assigned("env[f'{x}'] = 1\n", Language::python), (Strings{"env <- 1"}));
}

TEST(Assignments, ScriptDeclarations) {
  EXPECT_EQ(assigned("const token: string = process.env.HF_TOKEN ??\n  'x'\nlet a = 1, b = f(2,3)\nexport const { HF, b: c, d "
                     "= 4 } = env\n"
                     "process.env.X = y; env['K'] = 1\nif (q) r = 2\nconst f = (u) => v\n",
                     Language::javascript),
            (Strings{"token <- process.env.HF_TOKEN ??\n  'x'", "a <- 1", "b <- f(2,3)", "HF <- env", "c <- env", "d <- env",
                     "process.env.X <- y", "env[K] <- 1", "r <- 2", "f <- (u) => v"}));
}

TEST(Assignments, GroovyAndHcl) {
  EXPECT_EQ(assigned("environment {\n  HF_TOKEN = credentials('x')\n}\ndef a = 1\nString b = \"c\"\nMap<String, String> m = "
                     "[a: 1]\nenv.T = d\n",
                     Language::groovy),
            (Strings{"HF_TOKEN <- credentials('x')", "a <- 1", "b <- \"c\"", "m <- [a: 1]", "env.T <- d"}));
  EXPECT_EQ(assigned("hf_token = \"x\"\nlocals {\n  a = { \"b\" = 1 }\n}\n", Language::hcl),
            (Strings{"hf_token <- \"x\"", "a <- { \"b\" = 1 }", "b <- 1"}));
}

TEST(Assignments, TargetsOfOneStatementAreBounded) {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "a = ";
  EXPECT_EQ(assigned(text + "1", Language::python).size(), kMaxTargets);
}

Strings loops(std::string_view text, Language language) {
  const CodeTree tree = read_code(text, language);
  Strings out;
  for (const LoopVariable& variable : loop_variables_of(tree))
    out.push_back(std::string(variable.name) + " in " + std::string(tree.spelled(tree.span(variable.iterable))) +
                  (variable.comprehension ? " (comprehension)" : ""));
  return out;
}

TEST(LoopVariables, OfEachLanguage) {
  EXPECT_EQ(loops("for key, (a, b) in secrets.items(): pass\nx = [t for t in f(1) if t]\n", Language::python),
            (Strings{"key in secrets.items()", "a in secrets.items()", "b in secrets.items()", "t in f(1) (comprehension)"}));
  EXPECT_EQ(loops("for (const token of tokens) {}\nfor await (const { a } of b()) {}\nfor (let i = 0; i < n; i++) {}",
                  Language::javascript),
            (Strings{"token in tokens", "a in b()"}));
  EXPECT_EQ(loops("for (String x : xs) {}\nfor (y in ys) {}", Language::groovy), (Strings{"x in xs", "y in ys"}));
}

Strings functions(std::string_view text, Language language) {
  const CodeTree tree = read_code(text, language);
  Strings out;
  for (const CodeFunction& function : functions_of(tree)) {
    std::string line(function.name);
    for (const CodeEntry& parameter : function.parameters) line += " " + std::string(parameter_name(tree, parameter));
    out.push_back(line);
  }
  return out;
}

TEST(Functions, WithTheirParameters) {
  EXPECT_EQ(functions("async def f(self, token: str = None, *, k, **rest: Any) -> int: pass\nx = lambda a, b=1: a\nf(1)\n",
                      Language::python),
            (Strings{"f self token k rest", " a b"}));
  EXPECT_EQ(functions("function f(a, b = 1) {}\nconst g = (token: string): void => 1\nxs.map(t => t)\nclass A { m(x) { if (y) "
                      "{ z(1) } } }\n"
                      "async function* h(...c) {}",
                      Language::javascript),
            (Strings{"f a b", " token", " t", "m x", "h c"}));
  EXPECT_EQ(functions("def deploy(String token, x) { sh 'a' }\nstage('b') { echo 'c' }", Language::groovy),
            (Strings{"deploy token x"}));
}

Strings imports(std::string_view text, Language language) {
  const CodeTree tree = read_code(text, language);
  Strings out;
  for (const CodeImport& import : imports_of(tree)) out.push_back(import.module + ":" + import.name + ":" + import.alias);
  return out;
}

TEST(Imports, OfEachLanguage) {
  EXPECT_EQ(imports("import os, a.b as c, d.e\nfrom huggingface_hub import (login as l,  # x\n  HfApi)\nfrom . import *\nx = "
                    "yield from y\n",
                    Language::python),
            (Strings{"os::os", "a.b::c", "d.e::d", "huggingface_hub:login:l", "huggingface_hub:HfApi:HfApi", ".:*:*"}));
  EXPECT_EQ(imports("import D, { A as B, C } from \"m\"\nimport * as N from 'n'\nimport 'o'\nconst { P, Q: R } = "
                    "require('p')\nconst s = require('s')\nimport(x)",
                    Language::javascript),
            (Strings{"m:default:D", "m:A:B", "m:C:C", "n::N", "o::", "p:P:P", "p:R:R", "s::s"}));
}

}  // namespace
}  // namespace hfscan
