// A folder that exists as long as the object, for tests that need real files.
#pragma once

#include <string>
#include <string_view>

namespace hfscan::test {

class TempFolder {
 public:
  TempFolder();
  ~TempFolder();
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  TempFolder(TempFolder&&) = delete;
  TempFolder& operator=(TempFolder&&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string path(std::string_view relative) const { return path_ + "/" + std::string(relative); }

  // Writes a file, making its parent folders.
  void write(std::string_view relative, std::string_view content) const;
  [[nodiscard]] std::string read(std::string_view relative) const;

 private:
  std::string path_;
};

}  // namespace hfscan::test
