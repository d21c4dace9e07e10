#pragma once

#include "document/document.h"

#include <pango/pangocairo.h>

#include <memory>

/// A document as strips: pieces as wide as the page that no page break goes through. What belongs
/// inside this room only.
namespace comity::document {

/// Measures of the page in points.
namespace page {
constexpr double width = 595.28, height = 841.89; // A4
constexpr double left = 56, right = width - 56;
constexpr double top = 66, bottom = height - 62;
constexpr double header_baseline = 40, footer_baseline = height - 34;
} // namespace page

struct Unref {
    void operator()(void* object) const { g_object_unref(object); }
};

/// How a text is set.
struct Face {
    double size = 9.5;
    bool strong = false;
    bool code = false;
    bool faint = false;
};

/// A text broken into lines.
struct SetText {
    /// A part of it that leads somewhere, by its bytes.
    struct Leading {
        int begin = 0, end = 0;
        Link link;
    };

    std::unique_ptr<PangoLayout, Unref> layout;
    std::vector<Leading> links;
    std::string missing; ///< The text, where a character of it has no glyph in any font.
};

/// Breaks texts into lines with the fonts of the machine.
class Typesetter {
public:
    explicit Typesetter(std::string const& language);

    std::shared_ptr<SetText const> set(Text const& text, Face const& face, double width) const;

private:
    std::unique_ptr<PangoFontMap, Unref> fonts_;
    std::unique_ptr<PangoContext, Unref> context_;
};

/// One line of a text, where the strip puts it.
struct PlacedLine {
    std::shared_ptr<SetText const> text;
    PangoLayoutLine* line = nullptr; ///< Lives as long as the text.
    double x = 0;
    double baseline = 0; ///< Under the strip's upper edge.
    double height = 0;
};

struct Rule {
    double x = 0, y = 0, width = 0;
    bool strong = false;
};

enum class Ground : std::uint8_t { none, shade, warning };

struct Strip {
    double gap = 0; ///< Above it, but not at the head of a page.
    double height = 0;
    bool keep = false; ///< On one page with the strip that follows.
    Ground ground = Ground::none;
    std::vector<PlacedLine> lines;
    std::vector<Rule> rules;
    /// What stands above it again where it begins a page: the titles of its table.
    std::shared_ptr<std::vector<Strip> const> titles;
    Heading const* heading = nullptr;
    bool opens = false; ///< The title of the document.
};

/// Title and blocks. Errors: malformed for a text with a character that no font has; too_large for
/// a text over text_bytes_max and as soon as the strips are higher than so many pages.
Result<std::vector<Strip>> flow(
    Typesetter const& typesetter, Document const& document, std::size_t pages_max);

} // namespace comity::document
