// Tested by tests/unit/remedy/clean_bytes_test.cc.
#include "remedy/clean_bytes.h"

#include <algorithm>

#include "base/encoding.h"
#include "base/secret.h"
#include "base/text.h"

namespace hfscan {
namespace {

bool stands_between(char c) { return c == '\r' || c == '\n' || c == ' ' || c == '\t' || c == '='; }

// Characters of base64 alone, or nothing when there are others.
std::optional<std::string> digits_of(std::string_view text) {
  std::string digits;
  for (const char c : text) {
    if (base64_value(c) >= 0)
      digits += c;
    else if (!stands_between(c))
      return std::nullopt;
  }
  return digits;
}

// `digits` with the secret replaced, when they are the part of a text that begins `skipped` characters before it.
std::optional<std::string> edited_at(const std::string& digits, std::size_t skipped, const TokenSearch& search) {
  std::string padded = cat(std::string(skipped, 'A'), digits);
  padded.append((4 - padded.size() % 4) % 4, 'A');
  std::string decoded = base64_decode_lenient(padded);
  const std::string clean = search.replaced(decoded);
  const bool same = clean == decoded;
  wipe(decoded);
  wipe(padded);
  if (same) return std::nullopt;
  return base64_encode(clean).substr(skipped, digits.size());
}

std::string in_alphabet_of(std::string_view text, std::string digits) {
  if (text.find_first_of("-_") == std::string_view::npos) return digits;
  std::replace(digits.begin(), digits.end(), '+', '-');
  std::replace(digits.begin(), digits.end(), '/', '_');
  return digits;
}

bool overlaps_any(const ByteSpan& span, const std::vector<TokenSpan>& others) {
  return std::any_of(others.begin(), others.end(), [&](const TokenSpan& other) { return other.span.overlaps(span); });
}

std::string_view piece_of(std::string_view bytes, const ByteSpan& span) { return bytes.substr(span.begin, span.size()); }

}  // namespace

std::string filler_of(const LeakedSecret& secret) {
  const std::optional<KnownSecret> known = secret.known();
  return known ? replacement_of(*known) : cat("REVOKED_", to_hex(secret.id).substr(0, 8));
}

std::string filled(std::string_view filler, std::size_t size) {
  std::string text(filler.substr(0, size));
  text.resize(size, '_');
  return text;
}

std::string whole_notice(const ObjectId& id) {
  return cat("The content of this file (git object ", id.hex(), ") held a revoked token and was removed from the history.\n");
}

std::optional<std::string> base64_edited(std::string_view text, const TokenSearch& search) {
  std::optional<std::string> digits = digits_of(text);
  if (!digits) return std::nullopt;
  for (std::size_t skipped = 0; skipped < 4; ++skipped) {
    const std::optional<std::string> edited = edited_at(*digits, skipped, search);
    if (!edited) continue;
    const std::string spelled = in_alphabet_of(text, *edited);
    std::string result(text);
    std::size_t next = 0;
    for (char& c : result) {
      if (base64_value(c) >= 0) c = spelled[next++];
    }
    return result;
  }
  return std::nullopt;
}

std::vector<DressedEdit> plan_edits(std::string_view bytes, const std::vector<DressedSpan>& spans,
                                    const std::vector<Sha256Digest>& ids, const TokenSearch& search) {
  const std::vector<TokenSpan> plain = search.find(bytes);
  std::vector<DressedEdit> edits;
  for (const DressedSpan& dressed : spans) {
    const auto id = std::find(ids.begin(), ids.end(), dressed.secret);
    if (id == ids.end() || dressed.span.end > bytes.size() || dressed.span.begin >= dressed.span.end) continue;
    if (overlaps_any(dressed.span, plain)) continue;
    const std::string_view piece = piece_of(bytes, dressed.span);
    const auto how = base64_edited(piece, search) ? DressedEdit::How::base64 : DressedEdit::How::filled;
    edits.push_back({dressed.span, sha256(piece), how, static_cast<std::uint32_t>(id - ids.begin())});
  }
  std::sort(edits.begin(), edits.end(), [](const DressedEdit& a, const DressedEdit& b) { return a.span < b.span; });
  std::uint64_t end = 0;
  std::erase_if(edits, [&end](const DressedEdit& edit) {
    if (edit.span.begin < end) return true;
    end = edit.span.end;
    return false;
  });
  return edits;
}

std::optional<std::string> cleaned(std::string_view bytes, const ObjectId& id, const BadBlob& blob, const Survey& survey) {
  if (blob.how == BadBlob::How::whole) return whole_notice(id);
  std::string result(bytes);
  for (const DressedEdit& edit : blob.edits) {
    if (edit.span.end > bytes.size()) return std::nullopt;
    const std::string_view piece = piece_of(bytes, edit.span);
    if (sha256(piece) != edit.before) return std::nullopt;
    const std::optional<std::string> edited = edit.how == DressedEdit::How::base64
                                                  ? base64_edited(piece, *survey.search)
                                                  : filled(survey.fillers[edit.secret], piece.size());
    if (!edited) return std::nullopt;
    std::copy(edited->begin(), edited->end(), result.begin() + static_cast<std::ptrdiff_t>(edit.span.begin));
  }
  return survey.search->replaced(result);
}

}  // namespace hfscan
