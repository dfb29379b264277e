#include "cli/example_repository.h"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/text.h"
#include "rules/fixture.h"

namespace hfscan {
namespace {

void append_number(std::string& out, std::uint32_t value) {
  for (const unsigned shift : {24U, 16U, 8U, 0U}) out.push_back(static_cast<char>((value >> shift) & 0xFFU));
}

// Version 2 of gitformat-index(5). Ids, times and the checksum are zero: nobody asks for them.
std::string index_of(std::vector<std::string> paths) {
  std::sort(paths.begin(), paths.end());
  std::string index = "DIRC";
  append_number(index, 2);
  append_number(index, static_cast<std::uint32_t>(paths.size()));
  for (const std::string& path : paths) {
    const std::size_t begin = index.size();
    constexpr std::size_t kTimesAndInode = 24;
    constexpr std::size_t kOwnersSizeAndId = 12 + 20;
    index.append(kTimesAndInode, '\0');
    append_number(index, 0100644);
    index.append(kOwnersSizeAndId, '\0');
    index.push_back(static_cast<char>(path.size() >> 8U));
    index.push_back(static_cast<char>(path.size() & 0xFFU));
    index += path;
    index.append(8 - (index.size() - begin) % 8, '\0');
  }
  return index.append(20, '\0');
}

bool stays_inside(const std::string& path) {
  return !path.empty() && path.front() != '/' && path.find("..") == std::string::npos && path.size() < 0xFFF;
}

std::string temporary_folder() {
  const char* folder = std::getenv("TMPDIR");  // NOLINT(concurrency-mt-unsafe): nothing changes the environment
  return folder != nullptr && *folder != '\0' ? folder : "/tmp";
}

}  // namespace

Result<ExampleRepository> ExampleRepository::make(const RuleExample& example) {
  std::string path = temporary_folder() + "/hfscan-example-XXXXXX";
  if (::mkdtemp(path.data()) == nullptr) {
    return Error{cat("cannot make a folder for an example in ", hfscan::quoted(temporary_folder()),
                     "; set TMPDIR to one that can be written")};
  }
  ExampleRepository repository(std::move(path));
  HFSCAN_TRY(repository.fill(example));
  return repository;
}

ExampleRepository::ExampleRepository(ExampleRepository&& other) noexcept : path_(std::exchange(other.path_, "")) {}

ExampleRepository::~ExampleRepository() {
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove_all(path_, ignored);
}

Status ExampleRepository::write(const std::string& path, const std::string& content) const {
  if (!stays_inside(path))
    return Error{cat("the path ", hfscan::quoted(path), " of an example must stay inside its repository")};
  const std::filesystem::path full = path_ + "/" + path;
  std::error_code failed;
  std::filesystem::create_directories(full.parent_path(), failed);
  return write_file_atomically(full.string(), content);
}

Status ExampleRepository::fill(const RuleExample& example) const {
  std::vector<RuleExample> files = example.also;
  files.push_back(example);
  std::vector<std::string> tracked;
  std::string ignored;
  for (const RuleExample& file : files) {
    HFSCAN_TRY_ASSIGN(const std::string content, expand_fixture(file.content));
    HFSCAN_TRY(write(file.path, content));
    if (file.tracked) tracked.push_back(file.path);
    if (file.ignored) ignored += cat("/", file.path, "\n");
  }
  if (!ignored.empty()) HFSCAN_TRY(write(".gitignore", ignored));
  HFSCAN_TRY(write(".git/HEAD", "ref: refs/heads/main\n"));
  HFSCAN_TRY(write(".git/index", index_of(std::move(tracked))));
  std::error_code failed;
  for (const char* folder : {"/.git/objects", "/.git/refs"}) std::filesystem::create_directories(path_ + folder, failed);
  return {};
}

}  // namespace hfscan
