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

// Reads one text from left to right; the first thing that does not fit makes all that follows fail.
class InstantReader {
 public:
  explicit InstantReader(std::string_view text) : rest_(text) {}

  int number(std::size_t digits, int least, int most) {
    int value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      ok_ = ok_ && i < rest_.size() && is_digit(rest_[i]);
      if (ok_) value = 10 * value + (rest_[i] - '0');
    }
    ok_ = ok_ && value >= least && value <= most;
    if (ok_) rest_.remove_prefix(digits);
    return value;
  }
  char one_of(std::string_view allowed) {
    ok_ = ok_ && !rest_.empty() && allowed.find(rest_.front()) != std::string_view::npos;
    if (!ok_) return 0;
    const char taken = rest_.front();
    rest_.remove_prefix(1);
    return taken;
  }
  void fraction() {
    if (!rest_.starts_with('.')) return;
    rest_.remove_prefix(1);
    ok_ = ok_ && !rest_.empty() && is_digit(rest_.front());
    while (!rest_.empty() && is_digit(rest_.front())) rest_.remove_prefix(1);
  }
  // Seconds east of UTC.
  int offset() {
    if (rest_.empty()) return 0;
    const char sign = one_of("Zz+-");
    if (sign == 'Z' || sign == 'z' || !ok_) return 0;
    const int hours = number(2, 0, 23);
    one_of(":");
    const int seconds = (hours * 60 + number(2, 0, 59)) * 60;
    return sign == '-' ? -seconds : seconds;
  }
  [[nodiscard]] bool done() const { return ok_ && rest_.empty(); }

 private:
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace

std::optional<std::int64_t> instant_from(std::string_view text) {
  namespace chrono = std::chrono;
  InstantReader reader(text);
  const int year = reader.number(4, 0, 9999);
  reader.one_of("-");
  const int month = reader.number(2, 1, 12);
  reader.one_of("-");
  const int day = reader.number(2, 1, 31);
  reader.one_of("Tt ");
  const int hours = reader.number(2, 0, 23);
  reader.one_of(":");
  const int minutes = reader.number(2, 0, 59);
  reader.one_of(":");
  const int seconds = reader.number(2, 0, 60);  // a leap second
  reader.fraction();
  const int offset = reader.offset();
  const chrono::year_month_day date{chrono::year(year), chrono::month(static_cast<unsigned>(month)),
                                    chrono::day(static_cast<unsigned>(day))};
  if (!reader.done() || !date.ok()) return std::nullopt;
  const auto days = chrono::sys_days(date).time_since_epoch();
  const std::int64_t instant = chrono::seconds(days).count() + (std::int64_t{hours} * 60 + minutes) * 60 + seconds - offset;
  return instant < 0 || instant > kLastInstant ? std::nullopt : std::optional(instant);
}

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
