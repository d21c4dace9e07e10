#pragma once

#include "casework/step.h"

/// Article 4(6): a request made by word of mouth in an urgent case, kept with the time when it was
/// said, on the side that called and on the side that was called. No written answer leaves before
/// its written confirmation is there.
namespace comity::casework {

struct CallDraft {
    RequestDraft request {}; ///< `to` is ours where they called us; then its query may be missing.
    std::optional<std::string> from {}; ///< The Party that called; we, where missing.
    std::optional<Instant> called_at {};
    std::optional<std::string> caller {};
    std::optional<std::string> callee {};
    std::optional<std::string> gist {};
};
BOOST_DESCRIBE_STRUCT(CallDraft, (), (request, from, called_at, caller, callee, gist))

/// A type of body of our own: the call as it was kept, never sent.
constexpr std::string_view kept_call = "oral-request";
/// What was said came with no message: its id in a case says so.
std::string id_of_call(std::string_view case_number);
bool is_call(std::string_view id);

} // namespace comity::casework
