// A repository on disk for an example of a rule: its files, an index that tracks some of them, ignore rules for others. Written
// by hand, because hfscan runs no other program.
#pragma once

#include <string>

#include "base/result.h"
#include "core/rule.h"

namespace hfscan {

// Exists as long as the object.
class ExampleRepository {
 public:
  // Fixture macros in contents are expanded. A path that leaves the repository is an Error.
  static Result<ExampleRepository> make(const RuleExample& example);

  ~ExampleRepository();
  ExampleRepository(ExampleRepository&& other) noexcept;
  ExampleRepository& operator=(ExampleRepository&&) = delete;
  ExampleRepository(const ExampleRepository&) = delete;
  ExampleRepository& operator=(const ExampleRepository&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  explicit ExampleRepository(std::string path) : path_(std::move(path)) {}
  [[nodiscard]] Status write(const std::string& path, const std::string& content) const;
  [[nodiscard]] Status fill(const RuleExample& example) const;
  [[nodiscard]] Status commit(const RuleExample& file, const std::string& content) const;
  [[nodiscard]] Result<std::string> write_object(const std::string& type, const std::string& content) const;

  std::string path_;
};

}  // namespace hfscan
