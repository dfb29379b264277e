#include "cli/example_repository.h"

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <utility>
#include <vector>

#include "base/file.h"
#include "base/sha256.h"
#include "base/text.h"
#include "git/object_id.h"
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

// A zlib stream that compresses nothing (RFC 1950, RFC 1951 section 3.2.4).
std::string stored_stream(std::string_view bytes) {
  constexpr std::size_t kLongestBlock = 0xFFFF;
  constexpr std::uint32_t kAdlerModulus = 65521;
  std::uint32_t low = 1;
  std::uint32_t high = 0;
  for (const char byte : bytes) {
    low = (low + static_cast<std::uint8_t>(byte)) % kAdlerModulus;
    high = (high + low) % kAdlerModulus;
  }
  std::string stream = "\x78\x01";
  do {
    const std::string_view block = bytes.substr(0, kLongestBlock);
    bytes.remove_prefix(block.size());
    stream.push_back(bytes.empty() ? '\1' : '\0');
    for (const std::size_t size : {block.size(), ~block.size()}) {
      stream.push_back(static_cast<char>(size & 0xFFU));
      stream.push_back(static_cast<char>((size >> 8U) & 0xFFU));
    }
    stream += block;
  } while (!bytes.empty());
  append_number(stream, high << 16U | low);
  return stream;
}

std::string hex_decoded(std::string_view hex) { return std::string(ObjectId::from_hex(hex)->raw()); }

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
    if (file.history != ExampleHistory::none) HFSCAN_TRY(commit(file, content));
    if (file.history == ExampleHistory::removed) continue;
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

// One commit with the file alone, and another without it when it was removed.
Status ExampleRepository::commit(const RuleExample& file, const std::string& content) const {
  const auto now =
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count();
  const std::string time = std::to_string(now - std::int64_t{file.age_days} * 24 * 60 * 60);
  const std::string who = cat(" Example <example@example.org> ", time, " +0000\n");
  const auto commit_of = [&](const std::string& tree, const std::string& parent) {
    return cat("tree ", tree, "\n", parent.empty() ? "" : cat("parent ", parent, "\n"), "author", who, "committer", who,
               "\nexample\n");
  };
  HFSCAN_TRY_ASSIGN(std::string entry, write_object("blob", content));
  for (std::string_view path = file.path; !path.empty();) {
    const std::size_t slash = path.rfind('/');
    const bool is_file = path.size() == file.path.size();
    const std::string_view name = slash == std::string_view::npos ? path : path.substr(slash + 1);
    HFSCAN_TRY_ASSIGN(
        entry, write_object("tree", cat(is_file ? "100644 " : "40000 ", name, std::string_view("\0", 1), hex_decoded(entry))));
    path = slash == std::string_view::npos ? std::string_view() : path.substr(0, slash);
  }
  HFSCAN_TRY_ASSIGN(std::string tip, write_object("commit", commit_of(entry, "")));
  if (file.history == ExampleHistory::removed) {
    HFSCAN_TRY_ASSIGN(const std::string empty, write_object("tree", ""));
    HFSCAN_TRY_ASSIGN(tip, write_object("commit", commit_of(empty, tip)));
  }
  return write(".git/refs/heads/main", tip + "\n");
}

// A loose object; returns its id in hexadecimal, which is not git's own: the beginning of a SHA-256 serves as well.
Result<std::string> ExampleRepository::write_object(const std::string& type, const std::string& content) const {
  const std::string bytes = cat(type, " ", std::to_string(content.size()), std::string_view("\0", 1), content);
  const std::string id = to_hex(sha256(bytes)).substr(0, 40);
  HFSCAN_TRY(write(cat(".git/objects/", id.substr(0, 2), "/", id.substr(2)), stored_stream(bytes)));
  return id;
}

}  // namespace hfscan
