// Tested by tests/unit/scan/container_scan_test.cc.
#include "scan/unpacker.h"

#include <algorithm>
#include <utility>

#include "base/mask.h"
#include "base/text.h"
#include "scan/watched_content.h"
#include "sources/decompress.h"

namespace hfscan {
namespace {

// Linux, limits.h: PATH_MAX. Of a longer name the end is kept, which says more.
constexpr std::size_t kLongestName = 4096;

// So many Diagnostics of one file are told one by one: a hostile one has any number of damaged members.
constexpr std::uint64_t kMaxDiagnostics = 20;

constexpr std::string_view kKeptPart = "; what came before was scanned: unpack it by hand, or replace it";

enum class Held { all, part, broken };

// Reads up to `limit` bytes into `held`; `broken` when it cannot be read on.
Held hold(Content& content, std::size_t limit, std::string& held) {
  constexpr std::size_t kPiece = std::size_t{64} * 1024;
  while (held.size() < limit) {
    const std::size_t before = held.size();
    held.resize(std::min(limit, before + kPiece));
    const Result<std::size_t> count = content.read(std::span(held).subspan(before));
    held.resize(before + (count.ok() ? *count : 0));
    if (!count.ok()) return Held::broken;
    if (*count == 0) return Held::all;
  }
  return Held::part;
}

// Of bytes that do not begin as a zip.
bool has_zip_behind(std::string_view bytes) {
  return ends_in_zip(bytes, bytes.size()) && container_at(bytes.substr(0, kContainerHead)) != ContainerKind::zip;
}

bool is_text(std::string_view head) {
  return head.find('\0') == std::string_view::npos || head.starts_with("\xff\xfe") || head.starts_with("\xfe\xff");
}

void append(std::vector<MemberFinding>& to, std::vector<MemberFinding> from, Packing packing) {
  for (MemberFinding& one : from) {
    one.stored = one.stored && packing == Packing::stored;
    to.push_back(std::move(one));
  }
}

// Counts while it stands.
class Holding {
 public:
  Holding(std::size_t& total, std::size_t count) : total_(total), count_(count) { total_ += count_; }
  ~Holding() { total_ -= count_; }
  Holding(const Holding&) = delete;
  Holding& operator=(const Holding&) = delete;
  Holding(Holding&&) = delete;
  Holding& operator=(Holding&&) = delete;

 private:
  std::size_t& total_;
  std::size_t count_;
};

}  // namespace

Unpacker::Unpacker(Tools tools, File file, Harvest& harvest)
    : tools_(tools), file_(file), harvest_(harvest), budget_(file.limits, file.packed_bytes) {
  tools_.scratch.whole_blob = kMaxHeld;
}

void Unpacker::unpack_file(Content& content, ContainerKind kind, std::vector<Finding>& findings) {
  const std::string& path = file_.item.path;
  std::optional<Found> found = unpack(content, {path, cat(path, kMemberSeparator), to_string(kind), kind, 1, true});
  if (!found) return;
  drop_doubles(findings, *found, Prefer::archive);
  for (MemberFinding& one : *found) harvest_.findings.push_back(std::move(one.finding));
}

std::optional<Unpacker::Found> Unpacker::unpack(Content& content, const Level& level) {
  if (!budget_.take_archive().ok()) return Found();
  if (is_stream(level.kind)) return unpack_stream(content, level);
  return unpack_archive(content, level);
}

Unpacker::Found Unpacker::unpack_stream(Content& content, const Level& level) {
  const std::unique_ptr<Content> stream = decompress(content, level.kind);
  Found found;
  const Item item = item_for(stream_name(level.path, level.kind), level);
  scan_content(*stream, {item, Packing::packed, level}, found);
  return found;
}

std::optional<Unpacker::Found> Unpacker::unpack_archive(Content& content, const Level& level) {
  const Result<std::unique_ptr<ArchiveReader>> reader = ArchiveReader::open(content, level.kind);
  if (!reader.ok()) {
    if (!budget_.refusal()) diagnose(level.path, cat(reader.error().message, kKeptPart));
    return std::nullopt;
  }
  Found found;
  while (budget_.take_member().ok()) {
    const Result<bool> there = (*reader)->next();
    if (!there.ok() && !budget_.refusal()) diagnose(level.path, cat(there.error().message, kKeptPart));
    if (!there.ok() || !*there) break;
    scan_member(**reader, level, found);
  }
  return found;
}

void Unpacker::scan_member(ArchiveReader& reader, const Level& level, Found& found) {
  const Member& member = reader.member();
  if (member.type == MemberType::other) return;
  const Item item = item_for(member.path, level);
  if (tools_.excluded && tools_.excluded(item.path)) {
    return harvest_.skipped.push_back({item.path, SkipReason::user_excluded});
  }
  scan_names(member, item, level, found);
  if (member.type == MemberType::link) return;
  if (member.encrypted) {
    ++encrypted_;
  } else if (!member.unread_method.empty()) {
    ++unread_methods_[member.unread_method];
  } else {
    scan_content(reader.content(), {item, member.packing, level}, found);
  }
}

// The text of links, as of symlinks in a tree; and the names, which otherwise stand in the archive's own bytes.
void Unpacker::scan_names(const Member& member, Item item, const Level& level, Found& found) {
  const std::string text = level.own_bytes_seen ? member.link : cat(member.path, "\n", member.link);
  if (text.empty()) return;
  item.kind = PlaceKind::path;
  BlobResult result = detect(text, item);
  collect(result, {item, member.packing, level}, found);
}

void Unpacker::scan_content(Content& content, const Part& part, Found& found) {
  MeteredContent metered(content, budget_, part.level.depth);
  const std::uint64_t zeros = metered.skip_zeros();
  std::string head;
  if (zeros == 0) hold(metered, kContainerHead, head);  // an error comes again
  RereadContent whole(zeros, head, metered);
  if (const std::optional<ContainerKind> kind = container_at(head); kind && may_go_deeper(part.level)) {
    return scan_nested(whole, part, *kind, found);
  }
  if (!unread_archive_format(head).empty()) harvest_.skipped.push_back({part.item.path, SkipReason::archive_format});
  if (was_seen(head, part)) return look_behind(whole, part, found);
  scan_plain(whole, part, found);
}

void Unpacker::scan_plain(Content& content, const Part& part, Found& found) {
  ++harvest_.members;
  BlobResult result = detect(content, part.item);
  if (!has_zip_behind(result.whole) || result.whole.size() > may_hold() || !may_go_deeper(part.level)) {
    return collect(result, part, found);
  }
  const std::string held(result.whole);
  add_members(held, part, ContainerKind::zip, result, found);
}

// The bytes of a stored member that is binary were scanned as they lie in the archive, and scanning them again finds nothing
// else: what a rule sees of a text beyond the hit, a binary file has not. A zip behind them is looked for.
void Unpacker::look_behind(Content& content, const Part& part, Found& found) {
  ++harvest_.members;
  std::string held;
  if (hold(content, may_hold(), held) != Held::all || !has_zip_behind(held) || !may_go_deeper(part.level)) return;
  BlobResult nothing;
  add_members(held, part, ContainerKind::zip, nothing, found);
}

void Unpacker::scan_nested(Content& content, const Part& part, ContainerKind kind, Found& found) {
  std::string held;
  const Held extent = hold(content, may_hold(), held);
  if (extent == Held::all) return scan_held(held, part, kind, found);
  // A content that is broken says so once more, to whoever reads up to there.
  const Holding holding(held_, held.size());
  RereadContent again(0, held, content);
  Level inner = level_in(part, kind);
  inner.own_bytes_seen = false;
  if (std::optional<Found> members = unpack(again, inner)) return append(found, *std::move(members), part.packing);
  if (again.rewind()) scan_plain(again, part, found);
}

void Unpacker::scan_held(std::string_view held, const Part& part, ContainerKind kind, Found& found) {
  ++harvest_.members;
  BlobResult own = detect(held, part.item);
  if (has_zip_behind(held)) {
    Found behind;
    BlobResult nothing;
    add_members(held, part, ContainerKind::zip, nothing, behind);
    append(found, std::move(behind), Packing::packed);
  }
  add_members(held, part, kind, own, found);
}

// `own` is what the bytes of the archive gave as they lie.
void Unpacker::add_members(std::string_view held, const Part& part, ContainerKind kind, BlobResult& own, Found& found) {
  const Holding holding(held_, held.size());
  BytesContent bytes(held);
  Found members = unpack(bytes, level_in(part, kind)).value_or(Found());
  drop_doubles(own.findings, members, Prefer::member);
  collect(own, part, found);
  append(found, std::move(members), part.packing);
}

// A token in a name is masked here, since the name goes into every report.
Item Unpacker::item_for(std::string_view name, const Level& level) const {
  const bool cut = name.size() > kLongestName;
  Item item = file_.item;
  item.path = cat(level.base, cut ? "…" : "", mask_token_shapes(cut ? name.substr(name.size() - kLongestName) : name));
  item.container = file_.item.path;
  item.encoding = level.encoding;
  return item;
}

// The one file in a stream adds no step to the path: "a.tar.gz!/b", not "a.tar.gz!/a.tar!/b".
Unpacker::Level Unpacker::level_in(const Part& part, ContainerKind kind) {
  const Level& outer = part.level;
  return {part.item.path,
          is_stream(outer.kind) ? outer.base : cat(part.item.path, kMemberSeparator),
          cat(outer.encoding, "+", to_string(kind)),
          kind,
          outer.depth + 1,
          true};
}

bool Unpacker::may_go_deeper(const Level& level) {
  if (level.depth < file_.limits.depth) return true;
  ++too_deep_;
  return false;
}

bool Unpacker::was_seen(std::string_view head, const Part& part) const {
  if (part.packing != Packing::stored || !part.level.own_bytes_seen || is_text(head)) return false;
  const auto looks = [&part](const Rule* rule) { return applies_to_path(*rule, part.item.path); };
  return std::none_of(tools_.path_rules.begin(), tools_.path_rules.end(), looks);
}

BlobResult Unpacker::detect(Content& content, const Item& item) {
  tools_.scratch.max_findings = budget_.findings_to_ask();
  return tools_.detector.scan(content, item, tools_.scratch);
}

BlobResult Unpacker::detect(std::string_view bytes, const Item& item) {
  tools_.scratch.max_findings = budget_.findings_to_ask();
  return tools_.detector.scan_bytes(bytes, item, tools_.scratch);
}

std::size_t Unpacker::may_hold() const { return std::min(kMaxHeld, kMaxHeldTogether - std::min(held_, kMaxHeldTogether)); }

// Facts are left: what stands in an archive says nothing of the repository around it.
void Unpacker::collect(BlobResult& result, const Part& part, Found& found) {
  const bool stored = part.packing == Packing::stored;
  if (!(stored && part.level.own_bytes_seen)) harvest_.look_alikes += result.look_alikes;
  if (result.unread && !budget_.refusal()) {
    diagnose(is_stream(part.level.kind) ? part.level.path : part.item.path, cat(result.unread->message, kKeptPart));
  }
  for (const std::string& reason : result.gave_up) diagnose(part.item.path, reason);
  result.findings.resize(budget_.take_findings(result.findings.size()));
  for (Finding& finding : result.findings) found.push_back({std::move(finding), stored});
}

void Unpacker::diagnose(const std::string& path, const std::string& message) {
  if (++diagnostics_ <= kMaxDiagnostics) harvest_.diagnostics.push_back({path, message});
}

void Unpacker::finish() {
  const auto tell = [this](std::string message) { harvest_.diagnostics.push_back({file_.item.path, std::move(message)}); };
  if (budget_.refusal()) tell(budget_.refusal()->message);
  if (diagnostics_ > kMaxDiagnostics) {
    tell(cat("has ", with_thousands(diagnostics_ - kMaxDiagnostics),
             " more damaged members; unpack it by hand and scan the folder"));
  }
  if (encrypted_ != 0) {
    tell(cat(count_of(encrypted_, "member is", "members are"), " encrypted; decrypt the archive and scan the result"));
  }
  if (too_deep_ != 0) {
    tell(cat(count_of(too_deep_, "archive is", "archives are"), " nested deeper than ", std::to_string(file_.limits.depth),
             " levels; unpack it and scan the folder, or raise --archive-depth"));
  }
  for (const auto& [method, count] : unread_methods_) {
    tell(cat(count_of(count, "member is", "members are"), " packed with ", escape_for_display(method),
             ", which hfscan cannot undo; unpack it and scan the folder"));
  }
}

}  // namespace hfscan
