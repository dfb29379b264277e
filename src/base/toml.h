// TOML 1.0 as a plain tree with positions, and a strict reader for its tables. Separate so that the TOML library is included in
// one file, and so that configuration and rule files give the same kind of error: file, line, column, what was expected.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace hfscan {

struct TomlNode {
  enum class Kind { string, integer, floating, boolean, date_time, array, table };
  TomlNode();  // out of line: clang 14 would need the complete type of `members` for it here
  Kind kind = Kind::table;
  std::string text;  // string; also the literal spelling of a floating-point number or a date
  std::int64_t integer = 0;
  bool boolean = false;
  std::vector<TomlNode> items;                            // array
  std::vector<std::pair<std::string, TomlNode>> members;  // table, in the order of the file
  std::uint64_t line = 0;                                 // 1-based, where the value begins
  std::uint64_t column = 0;
  std::uint64_t key_line = 0;  // where the key of a table's member begins; 0 for the root and for array items
  std::uint64_t key_column = 0;

  [[nodiscard]] const TomlNode* find(std::string_view key) const;
};

// `name` is what errors call the file. Bounded: refuses text above 1 MiB and nesting above 16.
Result<TomlNode> parse_toml(std::string_view text, std::string_view name);

// "file:3:9: message".
Error toml_error(std::string_view name, const TomlNode& at, std::string_view message);

// Reads one table key by key; finish() refuses every key that nobody asked for, with a suggestion. The first error sticks, so a
// caller reads all keys and checks once.
class TomlTableReader {
 public:
  TomlTableReader(const TomlNode& table, std::string_view file) : table_(table), file_(file) {}

  std::optional<std::string> string(const char* key);
  std::optional<std::int64_t> integer(const char* key);
  std::optional<bool> boolean(const char* key);
  std::vector<std::string> strings(const char* key);     // empty when absent
  std::vector<const TomlNode*> tables(const char* key);  // an array of tables; empty when absent
  const TomlNode* table(const char* key);                // null when absent
  std::string required_string(const char* key);          // an error when absent or empty

  void fail(const TomlNode& at, std::string_view message);
  [[nodiscard]] const TomlNode& node() const { return table_; }
  [[nodiscard]] std::string_view file() const { return file_; }

  Status finish();

 private:
  const TomlNode* take(const char* key, TomlNode::Kind kind, std::string_view expected);

  const TomlNode& table_;
  std::string_view file_;
  std::vector<std::string> known_;
  std::optional<Error> error_;
};

}  // namespace hfscan
