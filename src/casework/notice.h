#pragma once

#include "casework/step.h"

/// What one Party tells another without a request: Articles 3.1(a) to (c), 6, 7 and 8. One row
/// each; a case of its own on both sides, with nothing to answer.
namespace comity::casework {

struct NoticeKind {
    message::Type type;
    treaty::Measure measure;
    std::string_view facts; ///< That the officer states.
};
std::span<NoticeKind const> notice_kinds();
/// Null for a type that is no notice.
NoticeKind const* find_notice_kind(std::string_view type);

/// As an officer writes it; everything may be missing while he types.
struct NoticeDraft {
    std::string type;
    std::optional<std::string> to {};
    std::optional<std::string> purpose {};
    std::optional<std::string> offence {};
    std::optional<std::string> case_number {}; ///< Ours.
    std::optional<Date> erase_by {};
    std::optional<std::string> urgency {};
    std::optional<json::Object> content {};
    std::optional<json::Object> facts {};
    std::optional<std::vector<std::int64_t>> files {}; ///< That go with it: casework/files.h.
    std::optional<Classifying> classification {};
};
BOOST_DESCRIBE_STRUCT(NoticeDraft, (),
    (type, to, purpose, offence, case_number, erase_by, urgency, content, facts, files,
        classification))

/// Errors: malformed naming the field.
Result<Composed> compose(
    treaty::Law const& law, Settings const& settings, NoticeDraft const& draft, Instant now);
/// What it is about, for the inbox.
std::string subject_line(json::Object const& content);

} // namespace comity::casework
