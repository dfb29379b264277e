// Instants as text. There is no clock here: a scan never asks for the time, it only spells instants that it has read.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hfscan {

constexpr std::int64_t kLastInstant = 253402300799;  // 9999-12-31T23:59:59Z, the last that RFC 3339 can write

// RFC 3339 in UTC, "2026-01-02T03:04:05Z"; `seconds` since 1970-01-01T00:00:00Z, from 0 to kLastInstant.
std::string instant_text(std::int64_t seconds);

// The seconds of an RFC 3339 instant, "2026-01-02T03:04:05.678+02:00": a blank may stand for the T, no offset means UTC,
// fractions are dropped. Nothing for any other text, and for instants outside 0 to kLastInstant.
std::optional<std::int64_t> instant_from(std::string_view text);

}  // namespace hfscan
