#pragma once

#include "message/value.h"

/// Classified information, Article 32. A level is a number: 0 none, 1 RESTRICTED, 2 CONFIDENTIAL,
/// 3 SECRET, 4 TOP SECRET; the marking is what the Party prints.
namespace comity::message {

/// A32(4). To every receiver; level 0 lifts it.
struct LevelChange {
    std::vector<MessageReference> messages {};
    std::uint8_t level_before;
    std::uint8_t level_after;
    std::optional<std::string> marking {};
    Date effective_on;
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(
    LevelChange, (), (messages, level_before, level_after, marking, effective_on, reason))

/// A32(4)-2.
struct LevelChangeConfirmation {
    Date effective_on;
    std::uint32_t copies_marked;
    std::uint32_t copies_missing;
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(
    LevelChangeConfirmation, (), (effective_on, copies_marked, copies_missing, text))

/// A32(6): the three parts that the report must have.
struct BreachReport {
    std::vector<MessageReference> messages {};
    std::uint8_t level;
    Period happened;
    std::string circumstances;
    std::string consequences;
    std::vector<std::string> measures_taken {};
};
BOOST_DESCRIBE_STRUCT(
    BreachReport, (), (messages, level, happened, circumstances, consequences, measures_taken))

/// A32(7). A packet on its way; sealed file, manifest and form go with it.
struct CourierNotice {
    std::string packet;
    std::uint8_t level;
    std::string courier;
    std::string seal_number;
    std::string content_sha256;
    Date sent_on;
    std::optional<Date> expected_on {};
};
BOOST_DESCRIBE_STRUCT(
    CourierNotice, (), (packet, level, courier, seal_number, content_sha256, sent_on, expected_on))

/// A32(7). The form, sent back.
struct CourierReceipt {
    std::string packet;
    Instant received_at;
    bool seal_whole;
    std::string content_sha256;
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(CourierReceipt, (), (packet, received_at, seal_whole, content_sha256, text))

} // namespace comity::message
