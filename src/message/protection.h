#pragma once

#include "message/value.h"

/// Protection of personal data, Article 31(4). What is meant is named by message and path, so a
/// notice need not repeat what was wrong.
namespace comity::message {

/// One member of the content of a message, and what it should be.
struct CorrectedMember {
    std::string path;
    std::optional<std::string> correct_value {};
};
BOOST_DESCRIBE_STRUCT(CorrectedMember, (), (path, correct_value))

enum class CorrectionGround : std::uint8_t { wrong, outdated, unlawfully_sent, incomplete };
BOOST_DESCRIBE_ENUM(CorrectionGround, wrong, outdated, unlawfully_sent, incomplete)

/// A31(4)(c)-1, -5. To every receiver.
struct Correction {
    std::vector<MessageReference> messages {};
    CorrectionGround ground;
    std::vector<CorrectedMember> members {};
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(Correction, (), (messages, ground, members, text))

enum class DestructionGround : std::uint8_t {
    unlawfully_sent,
    wrong,
    no_longer_needed,
    deadline,
    end_of_convention
};
BOOST_DESCRIBE_ENUM(
    DestructionGround, unlawfully_sent, wrong, no_longer_needed, deadline, end_of_convention)

/// A31(4)(b), (c). The receiver destroys and confirms.
struct DestructionNotice {
    std::vector<MessageReference> messages {};
    DestructionGround ground;
    std::optional<Date> confirm_by {};
    std::optional<std::string> text {};
};
BOOST_DESCRIBE_STRUCT(DestructionNotice, (), (messages, ground, confirm_by, text))

/// One message whose content is gone, and the entry of the register that says so.
struct DestroyedItem {
    MessageReference message;
    Instant destroyed_at;
    std::uint64_t register_entry;
    std::uint32_t copies;
};
BOOST_DESCRIBE_STRUCT(DestroyedItem, (), (message, destroyed_at, register_entry, copies))

/// One message whose content says now what a correction said.
struct CorrectedItem {
    MessageReference message;
    Instant corrected_at;
};
BOOST_DESCRIBE_STRUCT(CorrectedItem, (), (message, corrected_at))

/// A31(4)(b)-1, (c)-2. What was corrected is not destroyed: it stands under `kept` too.
struct DestructionConfirmation {
    std::optional<MessageReference> notice {};
    std::vector<DestroyedItem> destroyed {};
    std::vector<MessageReference> kept {};
    std::optional<std::string> reason {};
    std::optional<std::vector<CorrectedItem>> corrected {};
};
BOOST_DESCRIBE_STRUCT(DestructionConfirmation, (), (notice, destroyed, kept, reason, corrected))

/// A31(4)(c)-4. Why it may be wrong; the sender answers with a correction or a comment.
struct DoubtNotice {
    std::vector<MessageReference> messages {};
    std::vector<std::string> members {};
    std::string reason;
};
BOOST_DESCRIBE_STRUCT(DoubtNotice, (), (messages, members, reason))

/// A31(4)(c)-3.
struct UnlawfulUseReport {
    std::vector<MessageReference> messages {};
    Period happened;
    std::string circumstances;
    std::vector<std::string> measures_taken {};
    std::optional<std::uint32_t> persons_affected {};
};
BOOST_DESCRIBE_STRUCT(
    UnlawfulUseReport, (), (messages, happened, circumstances, measures_taken, persons_affected))

/// A31(4)(f).
struct ProcessingInquiry {
    std::vector<MessageReference> messages {};
    std::optional<Instant> answer_by {};
};
BOOST_DESCRIBE_STRUCT(ProcessingInquiry, (), (messages, answer_by))

/// What was done with one message.
struct Processing {
    MessageReference message;
    std::vector<std::string> uses {};
    std::string results;
    std::vector<std::string> passed_to {};
};
BOOST_DESCRIBE_STRUCT(Processing, (), (message, uses, results, passed_to))

/// A31(4)(f). Made from the register.
struct ProcessingReport {
    std::vector<Processing> processed {};
};
BOOST_DESCRIBE_STRUCT(ProcessingReport, (), (processed))

enum class PersonClaim : std::uint8_t { information, correction, destruction };
BOOST_DESCRIBE_ENUM(PersonClaim, information, correction, destruction)

/// A31(4)(g)-3. Before the person is answered.
struct CommentRequest {
    PersonClaim claim;
    std::vector<MessageReference> messages {};
    std::optional<Identity> person {};
    std::string draft;
    Instant answer_by;
};
BOOST_DESCRIBE_STRUCT(CommentRequest, (), (claim, messages, person, draft, answer_by))

enum class CommentPosition : std::uint8_t { no_objection, objection, partial_objection };
BOOST_DESCRIBE_ENUM(CommentPosition, no_objection, objection, partial_objection)

/// A31(4)(g)-3.
struct Comment {
    CommentPosition position;
    std::string text;
    std::vector<std::string> provisions {};
};
BOOST_DESCRIBE_STRUCT(Comment, (), (position, text, provisions))

} // namespace comity::message
