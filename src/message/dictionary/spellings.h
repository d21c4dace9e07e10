#pragma once

#include "message/dictionary.h"

/// The few sizes that texts come in.
namespace comity::message::detail {

constexpr Rule plain {};
constexpr Rule code { Spelling::line, 1, 100 };
constexpr Rule code0 { Spelling::line, 0, 100 };
constexpr Rule name { Spelling::line, 1, 200 };
constexpr Rule name0 { Spelling::line, 0, 200 };
constexpr Rule line { Spelling::line, 1, 500 };
constexpr Rule line0 { Spelling::line, 0, 500 };
constexpr Rule note { Spelling::text, 1, 4'000 };
constexpr Rule text { Spelling::text, 1, 20'000 };
constexpr Rule pem { Spelling::text, 1, 8'192 };
constexpr Rule base64 { Spelling::base64, 4, 16'384 };
constexpr Rule uuid { Spelling::uuid, 36, 36 };
constexpr Rule sha256 { Spelling::sha256, 64, 64 };
constexpr Rule state { Spelling::state, 2, 2 };
constexpr Rule language { Spelling::language, 2, 35 };
constexpr Rule currency { Spelling::currency, 3, 3 };

constexpr Rule whole(std::int64_t least, std::int64_t most)
{
    return { Spelling::number, least, most };
}
constexpr Rule one_of(std::string_view words)
{
    return { Spelling::words, 1, 100, words };
}

std::span<Meaning const> value_meanings();
std::span<Meaning const> body_meanings();
std::span<Meaning const> notice_meanings();
std::span<Meaning const> operation_meanings();
std::span<Meaning const> cycle_meanings();

} // namespace comity::message::detail
