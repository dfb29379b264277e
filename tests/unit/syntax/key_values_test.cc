#include "syntax/key_values.h"

#include <gtest/gtest.h>

#include <string>

#include "support/random_text.h"

namespace hfscan {
namespace {

std::string sliced(std::string_view text, ByteSpan span) { return std::string(text.substr(span.begin, span.size())); }

// "section.sub/name=value;"; '#' before a commented-out entry.
std::string listed(const AssignmentFile& file) {
  std::string found;
  for (const Assignment& entry : file.assignments) {
    if (entry.commented_out) found += "#";
    if (entry.section != UINT32_MAX) {
      const AssignmentSection& section = file.sections.at(entry.section);
      found += section.name + (section.subsection.empty() ? "" : "." + section.subsection) + "/";
    }
    found += std::string(entry.name) + (entry.has_value ? "=" + entry.value.text : "") + ";";
  }
  return found;
}

TEST(Dotenv, ReadsTheUsualSpellings) {
  EXPECT_EQ(listed(read_dotenv(
                "A=1\n export B = \"x # y\" # why\r\nC='it''s'\nD=a b # c\nE=a#b\nF=\nG: h\n\nexport H\nnot an entry\n")),
            "A=1;B=x # y;C=it;D=a b;E=a#b;F=;G=h;H;");
  EXPECT_EQ(listed(read_dotenv("A=\"l1\nl2\\n\\\"q\\\"\"\nB=`a'\"b`")), "A=l1\nl2\n\"q\";B=a'\"b;");
}

TEST(Dotenv, CommentedOutEntriesAreTold) {
  EXPECT_EQ(listed(read_dotenv("# HF_TOKEN=x\n#export B=\"y z\" # w\n# see https://a?b=c\n# note: this\nC=d")),
            "#HF_TOKEN=x;#B=y z;C=d;");
}

TEST(Dotenv, AQuoteThatIsNotClosedEndsWithItsLine) {
  EXPECT_EQ(listed(read_dotenv("A='it\nB=2\n")), "A=it;B=2;");
  EXPECT_EQ(listed(read_dotenv("# A=\"x\nB=\"2\"\n")), "#A=x;B=2;");
}

TEST(Dotenv, SpansHoldTheNameAndTheValueWithItsQuotes) {
  const std::string text = "\xEF\xBB\xBFX=1\nHF_TOKEN = \"a\\nb\" # c\n";
  const AssignmentFile file = read_dotenv(text);
  const Assignment& entry = file.assignments.at(1);
  EXPECT_EQ(sliced(text, entry.name_span), "HF_TOKEN");
  EXPECT_EQ(sliced(text, entry.value_span), "\"a\\nb\"");
  EXPECT_EQ(sliced(text, entry.value.map.to_parent({1, 2})), "\\n");
  EXPECT_EQ(entry.quote, AssignmentQuote::double_quoted);
}

TEST(Ini, PlainFilesHaveSectionsAndIndentedLines) {
  EXPECT_EQ(listed(read_ini("top = 1\n[my token]\nhf_token = x\nb: 'y'\nlist =\n  one\n  two\n; c\n# d\n[e]\n  f = g\n",
                            IniFlavour::plain)),
            "top=1;my token/hf_token=x;my token/b=y;my token/list=\none\ntwo;e/f=g;");
}

TEST(Ini, GitFilesHaveSubsectionsQuotesAndComments) {
  const std::string text =
      "[remote \"my \\\"x\"]\n\turl = https://a@b/c ; why\n[core] bare\n\tx = \"a # b\" c \\\n  d # e\n[credential "
      "\"https://huggingface.co\"]\n\thelper=store\n";
  EXPECT_EQ(listed(read_ini(text, IniFlavour::git)),
            "remote.my \"x/url=https://a@b/c;core/bare;core/x=a # b c   d;credential.https://huggingface.co/helper=store;");
}

TEST(Ini, SystemdUnitsGoOnAfterABackslash) {
  const std::string text = "[Service]\nEnvironment=\"A=b c\" D=e \\\n# note\n  'HF_TOKEN=x' \\\n  F\nExecStart=/bin/x --a\n";
  const AssignmentFile file = read_ini(text, IniFlavour::systemd);
  ASSERT_EQ(file.assignments.size(), 2U);
  const std::vector<Assignment> entries = systemd_environment(file.assignments[0].value);
  ASSERT_EQ(entries.size(), 3U);
  EXPECT_EQ(entries[0].value.text, "b c");
  EXPECT_EQ(entries[2].name, "HF_TOKEN");
  EXPECT_EQ(sliced(text, entries[2].name_span), "HF_TOKEN");
  EXPECT_EQ(sliced(text, entries[2].value.map.to_parent({0, 1})), "x");
  EXPECT_EQ(file.assignments[1].value.text, "/bin/x --a");
}

TEST(Ini, PropertiesKnowThreeSeparatorsAndEscapes) {
  EXPECT_EQ(listed(read_ini("a=1\nb:2\nc 3\n! d\n# e\nf = x\\\n   y\\n\\=\ng\n", IniFlavour::properties)),
            "a=1;b=2;c=3;f=xy\n=;g;");
}

TEST(Assignments, TooManyEntriesAreSaid) {
  std::string text;
  for (std::size_t i = 0; i <= kAssignmentLimit; ++i) text += "a=\n";
  EXPECT_TRUE(read_dotenv(text).gave_up.has_value());
  EXPECT_TRUE(read_ini(text, IniFlavour::plain).gave_up.has_value());
}

void expect_inside(const AssignmentFile& file, const std::string& text) {
  std::uint64_t last = 0;
  for (const Assignment& entry : file.assignments) {
    ASSERT_LE(last, entry.name_span.begin);
    ASSERT_EQ(entry.name, sliced(text, entry.name_span));
    if (entry.has_value) {
      ASSERT_LE(entry.name_span.end, entry.value_span.begin);
      ASSERT_LE(entry.value_span.end, text.size());
      ASSERT_EQ(entry.value.map.size(), entry.value.text.size());
      ASSERT_LE(entry.value.map.to_parent({0, entry.value.text.size()}).end, text.size());
    }
    last = entry.name_span.end;
    for (const Assignment& inner : systemd_environment(entry.value)) ASSERT_LE(inner.value_span.end, text.size());
  }
  for (const AssignmentSection& section : file.sections) ASSERT_LE(section.span.end, text.size());
}

TEST(Assignments, AnyInputGivesSpansInsideIt) {
  test::RandomText random(9);
  constexpr std::string_view kAlphabet = "ab=: \t\n\n\r\\\"'`#;![]";
  for (int round = 0; round < 5000; ++round) {
    std::string text = random.of(kAlphabet, random.below(60));
    if (round % 5 == 0) text += random.bytes(8);
    expect_inside(read_dotenv(text), text);
    for (const IniFlavour flavour : {IniFlavour::plain, IniFlavour::git, IniFlavour::systemd, IniFlavour::properties})
      expect_inside(read_ini(text, flavour), text);
  }
}

}  // namespace
}  // namespace hfscan
