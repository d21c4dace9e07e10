#pragma once

#include "message/body.h"
#include "treaty/words.h"

#include <span>

/// Every kind of request of Articles 4(5), 5(1) and 20 that a National Central Unit sends: one row
/// each. What a kind asks about is a struct of message/query.h; which one, message/rules.h says.
namespace comity::casework {

struct RequestKind {
    treaty::Kind kind;
    std::string_view provision; ///< Whose condition it must meet.
    /// Facts that only the requesting officer can state, a blank between; the receiver takes them
    /// over from the decision that travels with the request.
    std::string_view stated;
    /// Members of message::Answer that an answer to it fills, a blank between.
    std::string_view answers;

    std::string const& word() const { return json::word(kind); }
};

std::span<RequestKind const> request_kinds();
/// Null for a word that is no kind.
RequestKind const* find_request_kind(std::string_view word);

/// Members of message::Request of which a request of the kind has at least one.
std::vector<std::string> subjects_of(RequestKind const& kind);
/// Those that it may have besides.
std::vector<std::string> extras_of(RequestKind const& kind);

/// A query as far as it was typed: an object of members of message::Request.
struct QueryState {
    std::vector<std::string> missing; ///< Paths from "query": what it still needs.
    bool started = false; ///< Something of its subject is there.
};
/// Errors: malformed or too_large naming the path from "query": a member of another kind, a word of
/// no list, a text over its limit.
Result<QueryState> judge_query(RequestKind const& kind, json::Object const& query);

/// In a few words, whom or what a request is about: a plate, a name, a number. Empty where it has
/// only sentences.
std::string subject_line(message::Request const& request);

} // namespace comity::casework
