#include "support/temp_folder.h"

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace hfscan::test {

TempFolder::TempFolder() {
  std::string pattern = (std::filesystem::temp_directory_path() / "hfscan-test-XXXXXX").string();
  if (::mkdtemp(pattern.data()) == nullptr) throw std::runtime_error("cannot make a temporary folder");
  path_ = pattern;
}

TempFolder::~TempFolder() {
  std::error_code ignored;
  std::filesystem::remove_all(path_, ignored);
}

void TempFolder::write(std::string_view relative, std::string_view content) const {
  const std::filesystem::path target = path(relative);
  std::filesystem::create_directories(target.parent_path());
  std::ofstream(target, std::ios::binary) << content;
}

std::string TempFolder::read(std::string_view relative) const {
  std::ostringstream content;
  content << std::ifstream(path(relative), std::ios::binary).rdbuf();
  return content.str();
}

}  // namespace hfscan::test
