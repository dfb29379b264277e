#include "detect/named_value.h"

#include <gtest/gtest.h>

#include "support/random_text.h"

namespace hfscan {
namespace {

using test::RandomText;

// The value of the name that begins the text.
std::string value_of(const std::string& text, std::string_view name = "name") {
  const std::optional<NamedValue> value = value_after(text, name.size());
  return value ? text.substr(static_cast<std::size_t>(value->span.begin), static_cast<std::size_t>(value->span.size()))
               : "(none)";
}

bool templated(const std::string& text) {
  const std::optional<NamedValue> value = value_after(text, std::string_view("NAME").size());
  return !value || is_templated(text, *value);
}

TEST(NamedValue, EveryUsualNotationIsRead) {
  for (const char* text :
       {"name=value", "name = value", "name: value", "name=\"value\"", "name': 'value'", "name\": \"value\"", "name := `value`",
        "name'] = 'value'", "name\") == \"value\"", "name') !== 'value'", "name', b'value'", "name\\\": \\\"value\\\"",
        "name=value&x=1", "name: value'", "name=value\r\n", "name=value;", "name\t=\tvalue", "name ?= value"}) {
    EXPECT_EQ(value_of(text), "value") << text;
  }
}

TEST(NamedValue, WithoutAnOperatorOrAnEndThereIsNone) {
  for (const std::string& text :
       {std::string("name value"), std::string("name"), std::string("name="), std::string("name, value"),
        std::string("name=\""), std::string("name=\"value\n\""), std::string("name=\"\""), "name=" + std::string(257, 'v')}) {
    EXPECT_EQ(value_of(text), "(none)") << text;
  }
  EXPECT_EQ(value_of("name=" + std::string(256, 'v')).size(), 256U);
}

TEST(NamedValue, TemplatesAndExpressionsAreNoLiterals) {
  for (const char* text : {"NAME=${X}", "NAME=$X", "NAME=\"{{ x }}\"", "NAME={x}", "NAME=<x>", "NAME=\"%s\"", "NAME=x...",
                           "NAME=***", "NAME = config.value7", "NAME = value", "NAME=call(x)", "NAME=list[0]",
                           "NAME=\"two words\"", "NAME=\"caf\xc3\xa9\"", "NAME: string"}) {
    EXPECT_TRUE(templated(text)) << text;
  }
  for (const char* text :
       {"NAME=value", "NAME=value\n", "NAME=value.of-things", "NAME='value'", "NAME = value7", "NAME: p/w+1="})
    EXPECT_FALSE(templated(text)) << text;
}

TEST(NamedValue, EveryTruncationAndEveryByteChangeStaysInTheText) {
  RandomText random(1);
  for (int round = 0; round < 4000; ++round) {
    const std::string text = random.of("name=:\\\"'`,)] \t\nbf$v7", random.below(30));
    const std::size_t end = random.below(text.size() + 1);
    const std::optional<NamedValue> value = value_after(text, end);
    if (!value) continue;
    EXPECT_LT(value->span.begin, value->span.end);
    EXPECT_LE(value->span.end, text.size());
    static_cast<void>(is_templated(text, *value));
  }
}

TEST(NamedValue, StandInsAreKnownByTheirWords) {
  for (const char* text : {"my-secret", "YourValue", "changeme", "xxxxxxxx", "aaaabbbb"})
    EXPECT_TRUE(is_stand_in(text)) << text;
  for (const char* text : {"tulip7-garden", "kaleidoscope", "0f9c3b7a"}) EXPECT_FALSE(is_stand_in(text)) << text;
}

}  // namespace
}  // namespace hfscan
