package dev.sextant.tokenizer.post;

import dev.sextant.tokenizer.json.Json;
import dev.sextant.tokenizer.post.Template.Part;
import dev.sextant.tokenizer.post.Template.Special;
import dev.sextant.tokenizer.post.Template.Text;
import java.util.ArrayList;
import java.util.List;

/** Reads templates from the post-processors that have one, written out or by convention. */
final class TemplateReader {
  private static final List<Part> BARE_PAIR = List.of(new Text(0, 0), new Text(1, 1));

  private TemplateReader() {}

  /** Reads a {@code TemplateProcessing}. */
  static Template read(Json json) {
    Json known = json.require("special_tokens");
    List<Part> pair = json.has("pair") ? parts(json.get("pair"), known, "B") : BARE_PAIR;
    return new Template(parts(json.require("single"), known, "A"), pair, true);
  }

  private static List<Part> parts(Json template, Json known, String lastText) {
    List<Part> parts = new ArrayList<>();
    for (Json part : template.list()) {
      if (part.has("Sequence")) {
        parts.add(text(part.get("Sequence"), lastText));
      } else {
        Json special = part.require("SpecialToken");
        Json name = special.require("id");
        if (!known.has(name.text())) {
          throw name.error("the template names '" + name.text() + "', which 'special_tokens' does not define");
        }
        addSpecial(known.get(name.text()), type(special), parts);
      }
    }
    return List.copyOf(parts);
  }

  private static Text text(Json sequence, String lastText) {
    String name = sequence.require("id").text();
    if (!name.equals("A") && !name.equals(lastText)) {
      throw sequence.error(lastText.equals("A") ? "the template of a single text can only hold text A"
          : "a template holds the texts A and B, found " + name);
    }
    return new Text(name.equals("A") ? 0 : 1, type(sequence));
  }

  private static int type(Json part) {
    return part.has("type_id") ? part.get("type_id").count() : 0;
  }

  private static void addSpecial(Json definition, int type, List<Part> parts) {
    List<Json> ids = definition.require("ids").list();
    List<Json> tokens = definition.require("tokens").list();
    if (ids.size() != tokens.size()) {
      throw definition.error(ids.size() + " ids but " + tokens.size() + " tokens");
    }
    for (int i = 0; i < ids.size(); i++) {
      parts.add(new Special(ids.get(i).count(), tokens.get(i).text(), type, ids.get(i)));
    }
  }

  /** Reads {@code cls} and {@code sep} of a {@code BertProcessing}: one before, one behind each text. */
  static Template bert(Json json) {
    Special cls = special(json.require("cls"), 0);
    Special sep = special(json.require("sep"), 0);
    Special lastSep = special(json.require("sep"), 1);
    return new Template(List.of(cls, new Text(0, 0), sep),
        List.of(cls, new Text(0, 0), sep, new Text(1, 1), lastSep), false);
  }

  /** Reads {@code cls} and {@code sep} of a {@code RobertaProcessing}: two between the texts, all of type 0. */
  static Template roberta(Json json) {
    Special cls = special(json.require("cls"), 0);
    Special sep = special(json.require("sep"), 0);
    return new Template(List.of(cls, new Text(0, 0), sep),
        List.of(cls, new Text(0, 0), sep, sep, new Text(1, 0), sep), false);
  }

  private static Special special(Json json, int type) {
    List<Json> pair = json.list();
    if (pair.size() != 2) {
      throw json.error("expected a token and its id");
    }
    return new Special(pair.get(1).count(), pair.get(0).text(), type, json);
  }
}
