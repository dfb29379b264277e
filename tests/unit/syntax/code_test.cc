#include "syntax/code.h"

#include <gtest/gtest.h>

#include "code_support.h"
#include "syntax/bindings.h"
#include "syntax/code_value.h"
#include "syntax/hcl.h"

namespace hfscan {
namespace {

std::vector<CodeCall> calls(const CodeTree& tree, std::vector<std::string_view> names) { return calls_named(tree, names); }

const CodeEntry& entry(const std::vector<CodeEntry>& entries, std::string_view name) {
  static const CodeEntry kNone;
  const CodeEntry* found = find_entry(entries, name);
  EXPECT_NE(found, nullptr) << name;
  return found == nullptr ? kNone : *found;
}

TEST(CodeTree, KeywordArgumentOfACallIsADictionary) {
  const std::string text =
      "from huggingface_hub import run_uv_job, get_token\n"
      "run_uv_job(\"main.py\", flavor=\"a10g-small\",  # ( not this\n"
      "           env={\"HF_TOKEN\": get_token(), **other})\n";
  const CodeTree tree = read_code(text, Language::python);
  const std::vector<CodeCall> found = calls(tree, {"run_job", "run_uv_job"});
  ASSERT_EQ(found.size(), 1U);
  const std::vector<CodeEntry> arguments = entries_of(tree, found[0]);
  ASSERT_EQ(arguments.size(), 3U);
  EXPECT_FALSE(arguments[0].name);
  EXPECT_EQ(tree.spelled(arguments[0].value_span), "\"main.py\"");
  const auto env = group_of_value(tree, entry(arguments, "env").value);
  ASSERT_TRUE(env.has_value());
  const std::vector<CodeEntry> members = entries_of(tree, *env);
  ASSERT_EQ(members.size(), 2U);
  EXPECT_EQ(members[0].name, "HF_TOKEN");
  EXPECT_EQ(tree.spelled(members[0].name_span), "\"HF_TOKEN\"");
  EXPECT_EQ(tree.spelled(members[0].value_span), "get_token()");
  EXPECT_TRUE(members[1].spread);
}

TEST(CodeTree, DictCallIsAGroupAndASumIsNone) {
  const CodeTree tree =
      read_code("run_job(env=dict(HF_TOKEN=t), a=x + dict(b=1), c=await f(), d=api().g(1))", Language::python);
  const std::vector<CodeEntry> arguments = entries_of(tree, calls(tree, {"run_job"}).at(0));
  const auto env = group_of_value(tree, entry(arguments, "env").value);
  ASSERT_TRUE(env.has_value());
  EXPECT_EQ(callee_of(tree, *env)->name, "dict");
  EXPECT_EQ(entries_of(tree, *env).at(0).name, "HF_TOKEN");
  EXPECT_FALSE(group_of_value(tree, entry(arguments, "a").value).has_value());
  EXPECT_TRUE(group_of_value(tree, entry(arguments, "c").value).has_value());
  EXPECT_TRUE(group_of_value(tree, entry(arguments, "d").value).has_value());
}

TEST(CodeTree, CalleesAreDottedNames) {
  const std::string text =
      "api.run_job(1); self.client.create(2); HfApi(token).run_job(3); xs[0].f(4); \"a\".format(5)\n"
      "obj\n  .chain(6)\nif (x): pass\ndef run_job(a): pass\nos.environ[\"X\"]\n";
  const CodeTree tree = read_code(text, Language::python);
  std::vector<std::string> names;
  for (std::uint32_t group = 1; group < tree.groups.size(); ++group)
    if (const auto callee = callee_of(tree, group)) names.push_back(callee->name + (callee->defined ? "!" : ""));
  EXPECT_EQ(names, (std::vector<std::string>{"api.run_job", "self.client.create", "HfApi", "HfApi().run_job", "xs", "xs[].f",
                                             "format", "obj.chain", "run_job!", "os.environ"}));
  EXPECT_EQ(calls(tree, {"run_job"}).size(), 2U);
  EXPECT_EQ(calls(tree, {"client.create"}).size(), 1U);
  EXPECT_EQ(calls(tree, {"lient.create", "api"}).size(), 0U);
}

TEST(CodeTree, ScriptCalleesWithNewGenericsAndOptionalChains) {
  const std::string text =
      "new InferenceClient(t); a?.b!.c(1); new Map<string, Array<number>>([1]); if (a < b && c > (d)) {}\n"
      "function run(x) {} client.textGeneration<T>({ a })";
  const CodeTree tree = read_code(text, Language::javascript);
  std::vector<std::string> names;
  for (std::uint32_t group = 1; group < tree.groups.size(); ++group)
    if (tree.opener(group) == '(')
      if (const auto callee = callee_of(tree, group)) names.push_back((callee->constructed ? "new " : "") + callee->name);
  EXPECT_EQ(names, (std::vector<std::string>{"new InferenceClient", "a.b.c", "new Map", "run", "client.textGeneration"}));
  const CodeCall call = calls(tree, {"InferenceClient"}).at(0);
  EXPECT_EQ(tree.spelled(call.span), "new InferenceClient(t)");
  EXPECT_TRUE(calls(tree, {"run"}).empty());
}

TEST(CodeTree, ObjectKeysInAllTheirSpellings) {
  const CodeTree tree =
      read_code("f({ env: 1, 'b-c': 2, [\"d\"]: 3, short, ...rest, m(x) { y }, e: { f: 4 } as T })", Language::javascript);
  const CodeCall call = calls(tree, {"f"}).at(0);
  const auto object = group_of_value(tree, entries_of(tree, call).at(0).value);
  ASSERT_TRUE(object.has_value());
  const std::vector<CodeEntry> entries = entries_of(tree, *object);
  ASSERT_EQ(entries.size(), 7U);
  EXPECT_EQ(entries[0].name, "env");
  EXPECT_EQ(entries[1].name, "b-c");
  EXPECT_EQ(entries[2].name, "d");
  EXPECT_FALSE(entries[3].name);
  EXPECT_TRUE(entries[4].spread);
  EXPECT_EQ(tree.spelled(entry(entries, "e").value_span), "{ f: 4 } as T");
  EXPECT_TRUE(group_of_value(tree, entry(entries, "e").value).has_value());
}

TEST(CodeTree, NextConfigIsReadThroughItsBlocks) {
  const CodeTree tree = read_code("const c = { env: { HF_TOKEN: process.env.HF_TOKEN } };\n", Language::javascript);
  const std::vector<CodeAssignment> assignments = assignments_of(tree);
  ASSERT_EQ(assignments.size(), 1U);
  const std::vector<CodeEntry> outer = entries_of(tree, *group_of_value(tree, assignments[0].value));
  const std::vector<CodeEntry> env = entries_of(tree, *group_of_value(tree, entry(outer, "env").value));
  EXPECT_EQ(tree.spelled(entry(env, "HF_TOKEN").value_span), "process.env.HF_TOKEN");
}

TEST(CodeTree, AStrayBracketDoesNotSwallowTheFile) {
  const std::string python = "x = foo(1, [2\n\ndef f():\n    run_job(env={})\n";
  EXPECT_EQ(calls(read_code(python, Language::python), {"run_job"}).at(0).group.has_value(), true);
  const CodeTree tree = read_code(python, Language::python);
  EXPECT_EQ(tree.span_of_group(1), (ByteSpan{python.find('('), python.find("2") + 1}));
  EXPECT_EQ(tree.groups[tree.tokens[test::token_at(tree, "(env")].link].parent, kRootGroup);

  const std::string script = "foo(1, [2\nconst x = { a: ( }\nbar({ b: 1 })\n";
  const CodeTree second = read_code(script, Language::javascript);
  EXPECT_EQ(second.groups[second.tokens[test::token_at(second, "({ b")].link].parent, kRootGroup);
  const CodeTree loop = read_code("for (\n  const x of xs\n) {}", Language::javascript);
  EXPECT_NE(loop.groups[1].close, kNoToken);

  const CodeTree hcl = read_code("locals {\n  a = [1\nvariable \"t\" {\n}\n", Language::hcl);
  EXPECT_EQ(hcl_blocks(hcl).size(), 2U);
  EXPECT_EQ(hcl.groups.back().parent, kRootGroup);
}

TEST(CodeTree, AClosingBracketEndsWhatIsOpenInside) {
  const std::string text = "f(a, {b: [1, 2 ) ] } g()";
  const CodeTree tree = read_code(text, Language::json);
  EXPECT_EQ(tree.spelled(tree.span_of_group(1)), "(a, {b: [1, 2 )");
  EXPECT_EQ(tree.spelled(tree.span_of_group(2)), "{b: [1, 2");
  EXPECT_EQ(tree.groups.back().parent, kRootGroup);
}

TEST(CodeTree, CallsInFieldsOfStringsAreFound) {
  const std::string text = "html`<p>${xs.map(x => console.log(token))}</p>`";
  const CodeTree tree = read_code(text, Language::javascript);
  ASSERT_EQ(calls(tree, {"console.log"}).size(), 1U);
  EXPECT_EQ(tree.opener(1), 'f');
}

TEST(CodeTree, GroovyCommandsHaveArgumentsWithoutParentheses) {
  const std::string text =
      "node {\n  sh \"docker build --build-arg T=${HF_TOKEN} .\"\n  sh(script: '''a''', returnStdout: true)\n"
      "  def out = sh returnStdout: true,\n      script: \"b $X\"\n  echo 'sh \"no\"'\n"
      "  withCredentials([string(credentialsId: 'hf', variable: 'T')]) { sh 'c' }\n}\n";
  const CodeTree tree = read_code(text, Language::groovy);
  const std::vector<CodeCall> found = calls(tree, {"sh"});
  ASSERT_EQ(found.size(), 4U);
  EXPECT_FALSE(found[0].group);
  const std::vector<CodeEntry> first = entries_of(tree, found[0]);
  ASSERT_EQ(first.size(), 1U);
  EXPECT_TRUE(tree.tokens[first[0].value.begin].interpolated);
  EXPECT_EQ(string_value(tree, entry(entries_of(tree, found[1]), "script").value)->text, "a");
  EXPECT_EQ(tree.spelled(entry(entries_of(tree, found[2]), "script").value_span), "\"b $X\"");
  EXPECT_EQ(tree.spelled(found[3].span), "sh 'c'");
  const CodeCall with = calls(tree, {"withCredentials"}).at(0);
  ASSERT_TRUE(block_after(tree, *with.group).has_value());
  EXPECT_EQ(tree.spelled(tree.span_of_group(*block_after(tree, *with.group))), "{ sh 'c' }");
}

TEST(CodeTree, CommasOfALambdaSeparateNoArguments) {
  const CodeTree tree = read_code("f(lambda a, env: {a: env}, env=1)", Language::python);
  const std::vector<CodeEntry> arguments = entries_of(tree, 1);
  ASSERT_EQ(arguments.size(), 2U);
  EXPECT_FALSE(arguments[0].name);
  EXPECT_EQ(tree.spelled(entry(arguments, "env").value_span), "1");
}

TEST(CodeTree, PythonParametersHaveAnnotations) {
  const CodeTree tree = read_code("def f(a, token: Optional[str] = None, *rest, key=lambda x: 1): pass", Language::python);
  const std::vector<CodeEntry> parameters = entries_of(tree, 1);
  ASSERT_EQ(parameters.size(), 4U);
  EXPECT_EQ(tree.spelled(tree.span(parameters[1].annotation)), "Optional[str]");
  EXPECT_EQ(tree.spelled(parameters[1].value_span), "None");
  EXPECT_EQ(parameters[3].name, "key");
}

TEST(HclBlocks, VariableWithItsAttributes) {
  const std::string text =
      "variable \"hf_token\" {\n  type = string\n  sensitive = true # yes\n  default = { a = 1, \"b\" = 2 }\n}\n"
      "resource \"a\" \"b\" {\n  env {\n    name = \"HF_TOKEN\"\n    value = var.hf_token\n  }\n  x = {\n    y : 1\n  }\n}\n";
  const CodeTree tree = read_code(text, Language::hcl);
  const std::vector<HclBlock> blocks = hcl_blocks(tree);
  ASSERT_EQ(blocks.size(), 3U);
  EXPECT_EQ(blocks[0].type, "variable");
  EXPECT_EQ(blocks[0].labels, std::vector<std::string>{"hf_token"});
  const std::vector<CodeEntry> attributes = hcl_attributes(tree, blocks[0].group);
  ASSERT_EQ(attributes.size(), 3U);
  EXPECT_EQ(tree.spelled(entry(attributes, "sensitive").value_span), "true");
  EXPECT_EQ(entries_of(tree, *group_of_value(tree, entry(attributes, "default").value)).at(1).name, "b");
  EXPECT_EQ(blocks[1].labels, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(blocks[2].type, "env");
  EXPECT_EQ(tree.spelled(entry(hcl_attributes(tree, blocks[2].group), "value").value_span), "var.hf_token");
  EXPECT_EQ(hcl_attributes(tree, blocks[1].group).size(), 1U);
}

void expect_span_in(const CodeTree& tree, ByteSpan span) {
  ASSERT_LE(span.begin, span.end);
  ASSERT_LE(span.end, tree.text.size());
}

void expect_sound_tree(const CodeTree& tree) {
  for (std::uint32_t group = 0; group < tree.groups.size(); ++group) {
    const CodeGroup& found = tree.groups[group];
    ASSERT_LE(found.inside().begin, found.inside().end);
    expect_span_in(tree, tree.span_of_group(group));
    for (const CodeEntry& entry : entries_of(tree, group)) expect_span_in(tree, entry.value_span);
    if (group == kRootGroup) continue;
    ASSERT_LT(found.parent, group);
    ASSERT_LE(found.after(), tree.groups[found.parent].end) << group;
    ASSERT_EQ(tree.group_around(found.open), found.parent);
    if (const auto callee = callee_of(tree, group)) expect_span_in(tree, callee->span);
  }
}

// Everything that can be asked, of text that is not what it says it is.
TEST(CodeTree, BrokenSourcesGiveSoundTrees) {
  test::RandomText random(13);
  for (int round = 0; round < 3000; ++round) {
    const std::string text = test::random_source(random, 1 + random.below(60));
    for (const Language language : test::kCodeLanguages) {
      const CodeTree tree = read_code(text, language);
      expect_sound_tree(tree);
      for (const CodeAssignment& assignment : assignments_of(tree)) {
        expect_span_in(tree, assignment.target_span);
        expect_span_in(tree, assignment.value_span);
        ASSERT_LE(assignment.value.end, tree.tokens.size());
      }
      for (const LoopVariable& variable : loop_variables_of(tree)) expect_span_in(tree, tree.span(variable.iterable));
      for (const CodeFunction& function : functions_of(tree)) {
        expect_span_in(tree, function.span);
        for (const CodeEntry& parameter : function.parameters) parameter_name(tree, parameter);
      }
      for (const CodeImport& import : imports_of(tree)) expect_span_in(tree, import.span);
      for (const HclBlock& block : hcl_blocks(tree)) expect_span_in(tree, block.head);
      for (const CodeCall& call : calls(tree, {"env", "name", "sh", "require"})) {
        expect_span_in(tree, call.span);
        entries_of(tree, call);
      }
      const std::size_t begin = random.below(text.size() + 1);
      const ByteSpan span{begin, begin + random.below(text.size() - begin + 1)};
      ASSERT_EQ(code_view(tree, span).size(), span.size());
      ASSERT_FALSE(testing::Test::HasFatalFailure()) << static_cast<int>(language) << ": " << text;
    }
  }
}

// Brackets alone, against a count of them.
TEST(CodeTree, BalancedBracketsAreMatchedAsACountMatchesThem) {
  test::RandomText random(14);
  for (int round = 0; round < 500; ++round) {
    std::string text;
    std::string closers;
    while (text.size() < 40 || !closers.empty()) {
      if (text.size() < 40 && (closers.empty() || random.below(2) == 0)) {
        const std::size_t kind = random.below(3);
        text += "([{"[kind];
        closers += ")]}"[kind];
      } else {
        text += closers.back();
        closers.pop_back();
      }
    }
    const CodeTree tree = read_code(text, Language::python);
    for (std::uint32_t group = 1; group < tree.groups.size(); ++group) {
      int depth = 0;
      std::size_t end = tree.span_of_group(group).begin;
      do depth += std::string_view("([{").find(text[end++]) != std::string_view::npos ? 1 : -1;
      while (depth > 0);
      ASSERT_EQ(tree.span_of_group(group).end, end) << text;
    }
  }
}

TEST(CodeTree, HostileShapesStayLinear) {
  constexpr std::size_t kSize = 60'000;
  const std::string_view shapes[] = {
      "[",  "(",       "{",       "f\"{", "`${",  "\"${", "'''",      "\"", "a.",     "a()",   "x = ",           "a, ",
      "\n", "sh 'a' ", "lambda ", "for ", "<a",   "=/[",  "a>",       "$/", "<<A\n",  "else ", "from a import ", "import a\n",
      "/*", "{}",      "x => ",   "{{",   "a(b=", "\n#",  "const a=", ": ", "(x) => "};
  for (const std::string_view shape : shapes) {
    std::string text;
    while (text.size() < kSize) text += shape;
    for (const Language language : test::kCodeLanguages) {
      const CodeTree tree = read_code(text, language);
      for (std::uint32_t group = 0; group < tree.groups.size(); ++group) entries_of(tree, group);
      assignments_of(tree);
      functions_of(tree);
      loop_variables_of(tree);
      imports_of(tree);
      hcl_blocks(tree);
      calls(tree, {"a", "sh"});
      ASSERT_EQ(code_view(tree, {0, text.size()}).size(), text.size());
    }
  }
}

}  // namespace
}  // namespace hfscan
