// What a file says about the repository around it: no finding by itself, but what a rule about the repository is decided by.
#pragma once

#include <cstdint>
#include <string>

namespace hfscan {

struct Fact {
  std::string kind;  // "reads-dotenv", "copies-context", ...: the names are those of src/hygiene
  std::string path;  // as Item::path
  std::uint64_t line = 1;
  std::string value;  // what the kind says; never a secret
};

}  // namespace hfscan
