#include "base/time.h"

#include <algorithm>
#include <chrono>
#include <string_view>

#include "base/text.h"

namespace hfscan {
namespace {

std::string padded(std::int64_t number, std::size_t digits) {
  const std::string text = std::to_string(number);
  return cat(std::string(digits - std::min(digits, text.size()), '0'), text);
}

}  // namespace

std::string instant_text(std::int64_t seconds) {
  namespace chrono = std::chrono;
  const chrono::sys_seconds instant{chrono::seconds(std::clamp<std::int64_t>(seconds, 0, kLastInstant))};
  const chrono::sys_days day = chrono::floor<chrono::days>(instant);
  const chrono::year_month_day date(day);
  const chrono::hh_mm_ss time(instant - day);
  const auto two = [](std::int64_t number) { return padded(number, 2); };
  return cat(padded(static_cast<int>(date.year()), 4), "-", two(static_cast<unsigned>(date.month())), "-",
             two(static_cast<unsigned>(date.day())), "T", two(time.hours().count()), ":", two(time.minutes().count()), ":",
             two(time.seconds().count()), "Z");
}

}  // namespace hfscan
