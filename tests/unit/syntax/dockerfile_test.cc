#include "syntax/dockerfile.h"

#include <gtest/gtest.h>

#include <string>

#include "support/random_text.h"
#include "syntax/shell.h"

namespace hfscan {
namespace {

std::string sliced(std::string_view text, ByteSpan span) { return std::string(text.substr(span.begin, span.size())); }

std::string pairs_of(std::string_view text) {
  std::string found;
  for (const DockerInstruction& instruction : read_dockerfile(text).instructions) {
    for (const DockerPair& pair : instruction.pairs) found += pair.name + (pair.has_value ? "=" + pair.value.text : "") + ";";
  }
  return found;
}

TEST(Dockerfile, JoinsContinuedLinesAndLeavesCommentsOut) {
  const std::string text = "FROM a\r\nRUN pip install x && \\\r\n  # why\n\n  y \\  \n z\n# end\nCMD [\"a\"]";
  const DockerFile file = read_dockerfile(text);
  ASSERT_EQ(file.instructions.size(), 3U);
  const DockerInstruction& run = file.instructions[1];
  EXPECT_EQ(run.arguments.text, "pip install x &&   y  z");
  EXPECT_EQ(sliced(text, run.arguments.map.to_parent({run.arguments.text.find('y'), run.arguments.text.size()})), "y \\  \n z");
  EXPECT_EQ(sliced(text, run.span).substr(0, 3), "RUN");
  EXPECT_TRUE(sliced(text, run.span).ends_with(" z"));
}

TEST(Dockerfile, PairsInBothForms) {
  EXPECT_EQ(pairs_of("ENV A=1 B=\"x y\" C=a\\ b D='$E' F=\"q\\\"r\"\nARG G\nARG H=${I:-j} K\n"),
            "A=1;B=x y;C=a b;D=$E;F=q\"r;G;H=${I:-j};K;");
  EXPECT_EQ(pairs_of("ENV HF_TOKEN some value here \nenv X \\\n y"), "HF_TOKEN=some value here;X=y;");
  EXPECT_EQ(pairs_of("ENV A=\"\" B="), "A=;B=;");
}

TEST(Dockerfile, ArgHasNoOldForm) { EXPECT_EQ(pairs_of("ARG A B\n"), pairs_of("ARG A\nARG B\n")); }

TEST(Dockerfile, ValuesLeadBackToTheFile) {
  const std::string text = "ENV A=1 \\\n    HF_TOKEN=\"a\\\"bc\"\n";
  const DockerFile file = read_dockerfile(text);
  const DockerPair& pair = file.instructions.at(0).pairs.at(1);
  EXPECT_EQ(pair.value.text, "a\"bc");
  EXPECT_EQ(sliced(text, pair.value.map.to_parent({1, 4})), "\"bc");
  EXPECT_EQ(sliced(text, pair.span), "HF_TOKEN=\"a\\\"bc\"");
}

TEST(Dockerfile, FlagsComeBeforeTheArguments) {
  const std::string text =
      "RUN --mount=type=secret,id=hf,env=HF_TOKEN --network=none hf download --token x\nCOPY --from=b --link a b";
  const DockerFile file = read_dockerfile(text);
  const DockerInstruction& run = file.instructions.at(0);
  ASSERT_EQ(run.flags.size(), 2U);
  EXPECT_EQ(run.flags[0].name, "mount");
  EXPECT_EQ(docker_option(run.flags[0].value, "id"), "hf");
  EXPECT_EQ(docker_option(run.flags[0].value, "target"), "");
  EXPECT_EQ(sliced(text, run.flags[1].span), "--network=none");
  EXPECT_EQ(run.arguments.text, "hf download --token x");
  EXPECT_EQ(file.instructions[1].flags[1].name, "link");
}

TEST(Dockerfile, TheExecFormIsAJsonArrayOfStrings) {
  const std::string text =
      "CMD [ \"a\", \"b\\n\\u0041\" ]\nRUN [\"a\", b]\nENTRYPOINT []\nHEALTHCHECK --interval=5m CMD curl x\n";
  const DockerFile file = read_dockerfile(text);
  ASSERT_EQ(file.instructions[0].form, DockerForm::exec);
  EXPECT_EQ(file.instructions[0].exec.at(1).text, "b\nA");
  EXPECT_EQ(sliced(text, file.instructions[0].exec[1].map.to_parent({2, 3})), "\\u0041");
  EXPECT_EQ(file.instructions[1].form, DockerForm::shell);
  EXPECT_EQ(file.instructions[2].form, DockerForm::exec);
  EXPECT_EQ(file.instructions[3].arguments.text, "curl x");
}

TEST(Dockerfile, HereDocumentsBelongToTheirInstruction) {
  const std::string text =
      "RUN <<EOF\nexport HF_TOKEN=x\nEOF\nCOPY <<-'a.txt' /x\n\tENV A=b\n\ta.txt\nRUN cat <<E > /y && z\n$A\nE\nUSER u\n";
  const DockerFile file = read_dockerfile(text);
  ASSERT_EQ(file.instructions.size(), 4U);
  EXPECT_EQ(shell_text_of(file.instructions[0], text).text, "export HF_TOKEN=x\n");
  EXPECT_FALSE(file.instructions[1].here_documents.at(0).expanded);
  EXPECT_EQ(sliced(text, file.instructions[1].here_documents[0].body), "\tENV A=b\n");
  const MappedText run = shell_text_of(file.instructions[2], text);
  const ShellScript script = read_shell(run.text);
  ASSERT_EQ(script.here_documents.size(), 1U);
  EXPECT_EQ(sliced(text, run.map.to_parent(script.parts_of(script.here_documents[0])[0].span)), "$A");
  EXPECT_EQ(script.words.back().text, "z");
}

TEST(Dockerfile, StagesAndOnbuild) {
  const DockerFile file = read_dockerfile("ARG V\nFROM --platform=x base:$V AS build\nRUN a\nFROM build\nONBUILD RUN b\n");
  ASSERT_EQ(file.stages.size(), 2U);
  EXPECT_EQ(file.stages[0].image, "base:$V");
  EXPECT_EQ(file.stages[0].name, "build");
  EXPECT_EQ(file.instructions[0].stage, UINT32_MAX);
  EXPECT_EQ(file.instructions[2].stage, 0U);
  EXPECT_EQ(file.instructions[4].keyword, "RUN");
  EXPECT_TRUE(file.instructions[4].on_build);
}

TEST(Dockerfile, TheEscapeDirectiveCountsAtTheTopOnly) {
  EXPECT_EQ(read_dockerfile("# syntax=x\n# escape=`\nRUN a `\n b\n").instructions.at(0).arguments.text, "a  b");
  EXPECT_EQ(read_dockerfile("FROM x\n# escape=`\nRUN a `\n b\n").instructions.size(), 3U);
}

TEST(Dockerfile, TooManyInstructionsAreSaid) {
  std::string text;
  for (std::size_t i = 0; i <= kDockerInstructionLimit; ++i) text += "A\n";
  EXPECT_TRUE(read_dockerfile(text).gave_up.has_value());
}

TEST(Dockerfile, AnyInputGivesSpansInsideIt) {
  test::RandomText random(3);
  const std::string_view pieces[] = {"FROM a", "RUN ", "ENV A=", "<<E",      "\nE\n", "\\\n", "[\"", "\", ",
                                     "\n",     " ",    "--x=",   "ONBUILD ", "# ",    "\r\n", "'"};
  for (int round = 0; round < 3000; ++round) {
    std::string text;
    for (std::size_t i = 0; i < 30; ++i) text += random.below(8) == 0 ? random.bytes(2) : std::string(pieces[random.below(15)]);
    const DockerFile file = read_dockerfile(text);
    std::uint64_t last = 0;
    for (const DockerInstruction& instruction : file.instructions) {
      ASSERT_LE(last, instruction.span.begin);
      last = instruction.span.end;
      ASSERT_LE(last, text.size());
      for (const DockerPair& pair : instruction.pairs) {
        ASSERT_TRUE(instruction.span.contains(pair.span));
        ASSERT_TRUE(instruction.span.contains(pair.value.map.to_parent({0, pair.value.text.size()})) ||
                    pair.value.text.empty());
      }
      for (const DockerFlag& flag : instruction.flags) ASSERT_TRUE(sliced(text, flag.span).starts_with("-"));
      for (const DockerHereDocument& document : instruction.here_documents) ASSERT_LE(document.lines.end, text.size());
      const MappedText shell = shell_text_of(instruction, text);
      ASSERT_EQ(shell.map.size(), shell.text.size());
    }
  }
}

}  // namespace
}  // namespace hfscan
