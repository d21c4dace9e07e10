#pragma once

#include "access/access.h"

#include "base/scratch.h"
#include "store/trial_store_test.h"

#include <random>

namespace comity::access::trial {

using namespace std::chrono_literals;
using Outcome = SignIn::Outcome;

constexpr PasswordCost cheap { 8192, 1 };
constexpr std::string_view password = "TEST correct horse";

/// A desk with one officer, a clock that stands still and randomness from a seed.
struct Desk {
    ScratchFolder folder;
    std::unique_ptr<store::Store> store = store::Store::open(
        store::trial::address(folder / "db"), migrations, store::Writer::caller)
                                              .take();
    Instant now = parse_instant("2026-04-17T09:00:00Z").take();
    std::mt19937 draw { 7 };
    Access access { *store, [this] { return now; },
        [this](std::span<std::uint8_t> out) {
            for (auto& byte : out) byte = static_cast<std::uint8_t>(draw());
        },
        "BG", cheap };

    explicit Desk(std::string name = "duty.sofia")
    {
        MUST(access.add_account(officer(std::move(name))).ok());
    }
    static NewAccount officer(std::string name)
    {
        return { .name = std::move(name),
            .display_name = "TEST Дежурен",
            .roles = { Role::duty_officer },
            .party = "BG",
            .language = "bg",
            .password = std::string { password } };
    }
    SignIn attempt(std::string_view name, std::string_view with, std::string_view code = {})
    {
        now += 1ms;
        return access.sign_in(name, with, "127.0.0.1", code).take();
    }
    void fail(int times, std::string_view name = "duty.sofia")
    {
        for (int i = 0; i < times; ++i) MUST(attempt(name, "wrong").outcome == Outcome::refused);
    }
};

} // namespace comity::access::trial
