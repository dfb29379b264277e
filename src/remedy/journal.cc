// Tested by tests/unit/remedy/journal_test.cc.
#include "remedy/journal.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

#include "base/file.h"
#include "base/mask.h"
#include "base/sha256.h"
#include "base/text.h"
#include "base/time.h"

namespace hfscan {
namespace {

constexpr std::uint64_t kMostBytes = 64ULL << 20U;

}  // namespace

Result<Journal> Journal::open(const std::string& path) {
  Journal journal;
  journal.path_ = path;
  journal.digest_ = to_hex(sha256(""));
  struct stat status {};
  if (::lstat(path.c_str(), &status) != 0 && errno == ENOENT) return journal;
  HFSCAN_TRY_ASSIGN(const std::string text, read_file(path, kMostBytes, Symlinks::refuse));
  journal.read(text);
  return journal;
}

void Journal::read(std::string_view text) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    if (end == std::string_view::npos) return;  // the writer died
    if (!add(text.substr(0, end))) {
      const std::string line = std::to_string(entries_.size() + 1);
      problem_ =
          cat("line ", line, " of the journal was not written after the line before it; it and what follows do not count");
      whole_bytes_ += text.size();  // kept for whoever looks into it
      digest_ = to_hex(sha256(text.substr(0, text.size() - 1)));
      return;
    }
    text.remove_prefix(end + 1);
  }
}

bool Journal::add(std::string_view line) {
  const Result<Json> parsed = parse_json(line, "journal");
  if (!parsed.ok() || !parsed->is_object()) return false;
  const auto is_text = [&parsed](const char* name) { return parsed->contains(name) && parsed->at(name).is_string(); };
  if (!is_text("event") || !is_text("before") || parsed->at("before").get<std::string>() != digest_) return false;
  if (!parsed->contains("seconds") || !parsed->at("seconds").is_number_integer() || !parsed->contains("data")) return false;
  entries_.push_back({parsed->at("seconds").get<std::int64_t>(), parsed->at("event").get<std::string>(), parsed->at("data")});
  digest_ = to_hex(sha256(line));
  whole_bytes_ += line.size() + 1;
  return true;
}

const JournalEntry* Journal::last(std::string_view event) const {
  return last_where([event](const JournalEntry& entry) { return entry.event == event; });
}

Status Journal::append(std::string_view event, const Json& data, std::int64_t now) {
  const Json object = {{"time", instant_text(now)}, {"seconds", now}, {"event", event}, {"data", data}, {"before", digest_}};
  const std::string line = mask_token_shapes(dump_line(object));
  const FileDescriptor file(::open(path_.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC | O_NOFOLLOW, 0600));
  const auto failed = [this](std::string_view what) {
    return Error{cat("cannot ", what, " ", hfscan::quoted(path_), ": ", errno_text(errno))};
  };
  if (!file.valid()) return failed("open");
  if (::ftruncate(file.get(), static_cast<off_t>(whole_bytes_)) != 0) return failed("mend");
  HFSCAN_TRY(write_all(file.get(), line + "\n", path_));
  if (::fsync(file.get()) != 0) return failed("write");
  if (problem_.empty()) {
    entries_.push_back({now, std::string(event), data});
  }
  digest_ = to_hex(sha256(line));
  whole_bytes_ += line.size() + 1;
  return {};
}

}  // namespace hfscan
