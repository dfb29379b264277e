#include <gtest/gtest.h>

#include "code_support.h"
#include "syntax/code_token.h"

namespace hfscan {
namespace {

std::string spellings(std::string_view text, Language language) {
  std::string out;
  for (const CodeToken& token : lex_code(text, language).tokens) {
    if (token.kind == TokenKind::line_end)
      out += "<NL>";
    else
      out.append(text.substr(token.begin, token.end - token.begin));
    out += "|";
  }
  return out;
}

// The values of the strings, and of the fields in them their first token.
std::vector<std::string> strings(std::string_view text, Language language) {
  std::vector<std::string> out;
  for (const CodeToken& token : lex_code(text, language).tokens) {
    if (token.kind != TokenKind::string) continue;
    const ByteSpan value = token.value();
    out.emplace_back(text.substr(value.begin, value.size()));
  }
  return out;
}

using Strings = std::vector<std::string>;

TEST(CodeLexer, PythonStatementIsCutIntoTokens) {
  EXPECT_EQ(spellings("x = f(a, *b) # note\ny != 1e-5\n", Language::python), "x|=|f|(|a|,|*|b|)|# note|<NL>|y|!=|1e-5|<NL>|");
}

TEST(CodeLexer, PythonStringPrefixesAndQuotes) {
  const std::string text = R"(r"\n" b'x' Rb"""y"z""" f'{a}' u'' var"s")";
  const LexedCode lexed = lex_code(text, Language::python);
  EXPECT_EQ(strings(text, Language::python), (Strings{"\\n", "x", "y\"z", "{a}", "", "s"}));
  EXPECT_TRUE(lexed.tokens[0].raw);
  EXPECT_TRUE(lexed.tokens[1].bytes);
  EXPECT_EQ(lexed.tokens[2].quote, QuoteKind::tripled_double);
  EXPECT_TRUE(lexed.tokens[2].raw && lexed.tokens[2].bytes);
  EXPECT_TRUE(lexed.tokens[3].interpolated);
}

TEST(CodeLexer, EscapedQuotesDoNotEndAString) {
  EXPECT_EQ(strings("'a\\'b' r'c\\'d' \"e\\\\\"", Language::python), (Strings{"a\\'b", "c\\'d", "e\\\\"}));
}

TEST(CodeLexer, AStringGoesOnOverAnEscapedLineEnd) {
  EXPECT_EQ(strings("x = 'a\\\r\nb'\ny = 'c'", Language::python), (Strings{"a\\\r\nb", "c"}));
}

TEST(CodeLexer, AnUnclosedStringEndsWithItsLine) {
  const std::string text = "x = 'abc\ny = 'd'\n";
  const LexedCode lexed = lex_code(text, Language::python);
  EXPECT_EQ(strings(text, Language::python), (Strings{"abc", "d"}));
  EXPECT_TRUE(lexed.tokens[2].unterminated);
}

TEST(CodeLexer, AnUnclosedInterpolatedStringEndsWithItsLine) {
  EXPECT_EQ(strings("f'abc\ny = \"d\"\n", Language::python), (Strings{"abc", "d"}));
  EXPECT_EQ(strings("sh \"a $b\nsh 'c'\n", Language::groovy), (Strings{"a $b", "c"}));
}

TEST(CodeLexer, NumbersAndSlices) {
  EXPECT_EQ(spellings("a[::2] = .5 + 1. - 1.e5 * 0xFFe-1", Language::python), "a|[|:|:|2|]|=|.5|+|1.|-|1.e5|*|0xFFe|-|1|");
  EXPECT_EQ(spellings("1..5 =~ x", Language::groovy), "1|.|.|5|=~|x|");
}

TEST(CodeLexer, FieldsOfAnFStringAreTokens) {
  EXPECT_EQ(spellings("f\"a {x!r:>{w}} {{no}} {y['k']}\" z", Language::python),
            "f\"a {x!r:>{w}} {{no}} {y['k']}\"|{|x|!|r|:|{|w|}|}|{|y|[|'k'|]|}|z|");
}

TEST(CodeLexer, AFieldMayHoldTheQuotesAroundIt) {
  EXPECT_EQ(strings("f\"{d[\"k\"]}\" + 'x'", Language::python), (Strings{"{d[\"k\"]}", "k", "x"}));
}

TEST(CodeLexer, ALostBraceInAnFStringEndsWithTheStringsLine) {
  EXPECT_EQ(strings("f\"{x\nprint('y')\n", Language::python), (Strings{"{x", "y"}));
  EXPECT_EQ(strings("f\"\"\"{x\n\"\"\"\nprint('y')\n", Language::python), (Strings{"{x\n", "y"}));
}

TEST(CodeLexer, TemplateLiteralsNest) {
  EXPECT_EQ(spellings("`a${ f(`b${c}`) }d` + e", Language::javascript), "`a${ f(`b${c}`) }d`|${|f|(|`b${c}`|${|c|}|)|}|+|e|");
}

TEST(CodeLexer, BracesOfAnObjectInATemplateFieldDoNotEndIt) {
  EXPECT_EQ(spellings("`${ {a: 1} }` x", Language::javascript), "`${ {a: 1} }`|${|{|a|:|1|}|}|x|");
}

TEST(CodeLexer, RegularExpressionsAreToldFromDivision) {
  EXPECT_EQ(spellings("x = /[/'\"]/g.test(a) / b / c", Language::javascript), "x|=|/[/'\"]/g|.|test|(|a|)|/|b|/|c|");
  EXPECT_EQ(spellings("return /a'b/;", Language::javascript), "return|/a'b/|;|");
  EXPECT_EQ(spellings("a = b /\n'c'", Language::javascript), "a|=|b|/|<NL>|'c'|");
}

TEST(CodeLexer, JsxDoesNotDerail) {
  const std::string text = "return (<p title=\"t\">Don't use http://host yet</p>)\nlog('x')\n";
  EXPECT_EQ(strings(text, Language::javascript), (Strings{"t", "x"}));
  EXPECT_EQ(spellings("<b></b><br/>{x}", Language::javascript), "<|b|>|<|/|b|>|<|br|/|>|{|x|}|");
}

TEST(CodeLexer, CommentsOfEachLanguage) {
  EXPECT_EQ(spellings("a // x '\nb /* ' */ c", Language::javascript), "a|// x '|<NL>|b|/* ' */|c|");
  EXPECT_EQ(spellings("a = 1 # x '\n// y\n/* z */", Language::hcl), "a|=|1|# x '|<NL>|// y|<NL>|/* z */|");
  EXPECT_EQ(spellings("a // b", Language::python), "a|//|b|");
  EXPECT_EQ(spellings("a /* it's */ b", Language::groovy), "a|/* it's */|b|");
}

TEST(CodeLexer, HclTemplatesMayHoldQuotes) {
  EXPECT_EQ(strings("a = \"x-${lookup(m, \"k\")}-$${no}\"\nb = 'y'", Language::hcl),
            (Strings{"x-${lookup(m, \"k\")}-$${no}", "k", "y"}));
}

TEST(CodeLexer, HereDocumentEndsAtItsDelimiter) {
  const std::string text = "a = <<-EOT\n  it's EOT \"${var.t}\"\n  EOT\nb = 1\n";
  EXPECT_EQ(strings(text, Language::hcl), (Strings{"  it's EOT \"${var.t}\"\n"}));
  EXPECT_NE(spellings(text, Language::hcl).find("|<NL>|b|=|1|"), std::string::npos);
}

TEST(CodeLexer, GroovyStringsKnowPlainAndInterpolated) {
  const std::string text = "sh \"a $HF_TOKEN ${env.X} \\$no $p.q.\"\nsh 'b $y'\nsh \"\"\"c\n${z}\"\"\"\n";
  const LexedCode lexed = lex_code(text, Language::groovy);
  EXPECT_EQ(strings(text, Language::groovy), (Strings{"a $HF_TOKEN ${env.X} \\$no $p.q.", "b $y", "c\n${z}"}));
  std::string names;
  for (const CodeToken& token : lexed.tokens)
    if (token.kind == TokenKind::name) names += text.substr(token.begin, token.end - token.begin) + " ";
  EXPECT_EQ(names, "sh HF_TOKEN env X p q sh sh z ");
}

TEST(CodeLexer, GroovySlashyStrings) {
  EXPECT_EQ(strings("x = /a'b/\ny = $/c\n'd/$\nz = 'e'", Language::groovy), (Strings{"a'b", "c\n'd", "e"}));
}

TEST(CodeLexer, ByteOrderMarkAndNulsAreSteppedOver) {
  EXPECT_EQ(spellings(std::string_view("\xEF\xBB\xBFx\0=\0001", 8), Language::python), "x|=|1|");
}

TEST(CodeLexer, TokensObeyTheirLawsOnBrokenSources) {
  test::RandomText random(11);
  for (int round = 0; round < 6000; ++round) {
    const std::string text = test::random_source(random, 1 + random.below(60));
    for (const Language language : test::kCodeLanguages) {
      const LexedCode lexed = lex_code(text, language);
      test::expect_sound_tokens(text, lexed.tokens);
      ASSERT_FALSE(testing::Test::HasFatalFailure()) << round << ": " << text;
      std::size_t open = 0;
      for (const CodeToken& token : lexed.tokens) {
        if (token.kind == TokenKind::field_open) ++open;
        if (token.kind != TokenKind::field_close) continue;
        ASSERT_GT(open, 0U) << text;
        --open;
      }
      ASSERT_EQ(open, 0U) << text;
    }
  }
}

// What stands in no token and in no string is blank, a line's joining backslash, or the byte order mark.
TEST(CodeLexer, NothingIsLeftOut) {
  test::RandomText random(12);
  for (int round = 0; round < 2000; ++round) {
    const std::string text = test::random_source(random, 1 + random.below(40));
    for (const Language language : test::kCodeLanguages) {
      std::string rest = text;
      for (const CodeToken& token : lex_code(text, language).tokens)
        std::fill(rest.begin() + token.begin, rest.begin() + token.end, ' ');
      for (const char c : rest) ASSERT_TRUE(static_cast<unsigned char>(c) <= ' ' || c == '\x7F' || c == '\\') << text;
    }
  }
}

TEST(CodeLexer, MoreTokensThanTheLimitAreSaid) {
  const std::string text(kMaxCodeTokens + 10, '[');
  const LexedCode lexed = lex_code(text, Language::javascript);
  ASSERT_TRUE(lexed.gave_up.has_value());
  EXPECT_EQ(lexed.gave_up->offset, kMaxCodeTokens);
  EXPECT_EQ(lexed.tokens.size(), kMaxCodeTokens);
}

}  // namespace
}  // namespace hfscan
