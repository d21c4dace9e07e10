#pragma once

#include "crypto/cms.h"

/// A State that lives as long as one run of a fuzz target.
namespace comity::fuzz {

inline crypto::Identity make_identity(crypto::Usage usage)
{
    auto const key = crypto::Key::generate(crypto::Key::Kind::p256);
    auto const from = parse_instant("2026-01-01T00:00:00Z").value();
    auto const until = parse_instant("2036-01-01T00:00:00Z").value();
    return { crypto::issue({ usage, "NCU Fuzz TEST", "BG", {}, from, until }, key, nullptr, key,
                 crypto::system_random()),
        key };
}

} // namespace comity::fuzz
