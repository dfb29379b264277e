// Reader of makefiles and justfiles: rules, the command lines of their recipes, and variables.
//
// Source: GNU make manual 4.3, chapters 3 to 6; the just manual for its recipes. Nothing is expanded and no condition is
// decided: both branches are read. Recipes are for the shell reader, make's with ShellDialect::make.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/location.h"
#include "syntax/gave_up.h"
#include "syntax/offset_map.h"

namespace hfscan {

enum class MakeFlavour {
  make,
  just,  // recipes are indented by any blanks; `name := value`, `export NAME := value`
};

struct MakeVariable {
  std::string name;
  std::string operation;  // "=", ":=", "?=", "+=", "!=" ...; "define"; empty for `export NAME` alone
  bool exported = false;
  std::string target;  // of `target: NAME = value`
  MappedText value;    // continued lines joined by a blank, without the comment; of a define its lines
  ByteSpan span;       // in the input
};

struct MakeRule {
  std::string targets;
  std::string prerequisites;
  ByteSpan span;  // its line
};

struct MakeRecipe {
  std::uint32_t rule = 0;
  bool silent = false;          // @: make does not print the command
  bool ignores_errors = false;  // -
  bool always = false;          // +
  MappedText command;           // without the prefix; continued lines keep backslash and line end, as the shell gets them
  ByteSpan span;
};

struct MakeFile {
  std::vector<MakeVariable> variables;
  std::vector<MakeRule> rules;
  std::vector<MakeRecipe> recipes;
  std::optional<GaveUp> gave_up;
};

constexpr std::size_t kMakeItemLimit = 200'000;  // variables, rules and recipe lines of one file

// Never fails. Spans count from the start of `text`; nothing refers to it.
MakeFile read_makefile(std::string_view text, MakeFlavour flavour = MakeFlavour::make);

}  // namespace hfscan
