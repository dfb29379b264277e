// What to do about each kind of place: the one table of commands that put a new token there, and of what shows that it is done.
//
// Separate from the search for places, so that all commands can be read, reviewed and tested in one go. In none of them does a
// token stand in the arguments of a program or in its environment: it is typed into `read -rs`, and the shell's own printf
// writes it into a pipe. Each command is one line, because `read` would take the next line of a pasted block for the token.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "inventory/use_place.h"

namespace hfscan {

// Where the token itself is kept.
enum class ValueIs {
  elsewhere,  // in a store of a service: the file only names it
  in_file,    // in the file
  nowhere,    // the place only reads a variable that is set elsewhere, or there is no token at all
};

// `{name}`, `{key}`, `{path}` and `{scope}` stand for fields of a UsePlace, as words of a shell; `{--env}` and `{--namespace}`
// for an option with the scope, or for nothing when the place has none.
struct Recipe {
  std::string_view kind;
  std::string_view title;       // "GitHub Actions secret"
  std::string_view role_place;  // where a token of this kind is used, when nothing tells better
  ValueIs value;
  std::string_view command;  // empty: nothing is to be done
  std::string_view check;
  std::string_view caution = {};
  std::string_view scope_word = "SCOPE";  // stands for a scope that is not known
};

std::span<const Recipe> recipes();

// Null for a kind that is not in the table.
const Recipe* recipe_for(std::string_view kind);

// The place as it may be shown: every field through safe_text(), command, check, caution and, where it is empty, role_place
// filled in. What safe_text() has to change is not put into a command. A kind without a recipe gets none.
UsePlace settled(UsePlace place);

}  // namespace hfscan
